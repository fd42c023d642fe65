/** Events, and who is told of them. */
import { blank } from '../contract.ts'
import type { Delivery, Endpoint, Row, StripeEvent } from '../model.ts'
import type { Mischief } from '../mischief.ts'
import { shown } from '../rest/shown.ts'
import { makeId } from '../service.ts'
import type { Stripe } from '../service.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Postman } from './postman.ts'

export const API_VERSION = '2026-10-28.endive'

/** Makes an event of this, with the object as it is now, and sets off its webhooks, as bad as it may go. */
export function tellOf(s: Stripe, postman: Postman, type: string, row: Row, previous?: Fields): void {
  const bad = s.mischief.judge('hooks', type)
  for (let copy = 0; copy <= (bad?.twin ? 1 : 0); copy += 1) {
    const event: StripeEvent = {
      ...blank('Event'),
      ...{ id: makeId('evt'), object: 'event', api_version: API_VERSION, created: s.now(), livemode: false, type },
      data: { object: nameless(shown(s, row)), ...(previous && { previous_attributes: previous }) },
      pending_webhooks: listeners(s, type).length,
      request: { ...s.request },
    }
    s.tables.events.put(event)
    send(s, postman, event, bad)
  }
}

/** An invoice that is only foreseen has no id. */
function nameless(row: Row): Row {
  return row.id === '' ? Object.assign(row, { id: undefined }) : row
}

function send(s: Stripe, postman: Postman, event: StripeEvent, bad: Mischief | undefined): void {
  if (bad?.lose) return
  for (const endpoint of listeners(s, event.type)) {
    for (let time = 0; time <= (bad?.duplicate ?? 0); time += 1) {
      const delivery: Delivery = {
        ...{ id: makeId('whd'), event: event.id, type: event.type, endpoint: endpoint.id, state: 'waiting' },
        ...{ tries: 0, at: s.sim.now() + (bad?.delayMs ?? 0), status: null },
      }
      s.tables.deliveries.put(delivery)
      postman.take(delivery, { reorder: bad?.reorder ?? false, before: bad?.before ?? false })
    }
  }
}

function listeners(s: Stripe, type: string): Endpoint[] {
  return s.tables.endpoints
    .all()
    .filter(({ status, enabled_events }) => status === 'enabled' && enabled_events.some((one) => one === '*' || one === type))
}
