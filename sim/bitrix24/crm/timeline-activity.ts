/** One thing in the timeline of a card. */
import type { Activity } from '../model.ts'
import type { Call } from '../service.ts'

/** Something new in the timeline of a card. */
export function addActivity(
  { portal, b24 }: Pick<Call, 'portal' | 'b24'>,
  made: Partial<Activity> & Pick<Activity, 'kind' | 'typeId' | 'number'>,
): Activity {
  const activity = portal.activities.put({
    ...{ id: portal.nextId('activity', 999), bindings: [], clientId: null, authorId: 0, title: '', text: '', completed: true },
    ...{ incoming: false, fields: {}, layout: null, files: [], at: b24.now(), ...made },
  })
  portal.tellPages({ type: 'crm', id: `${made.typeId}:${made.number}` })
  return activity
}
