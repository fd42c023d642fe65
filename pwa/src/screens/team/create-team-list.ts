import { onMount } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { getMeta, putMeta, type Meta } from '../../live/local-db.ts'
import { createAsked, type Asked } from '../../live/create-asked.ts'

type ListName = 'people' | 'roles' | 'departments' | 'channelPeople'

const ASK: { [Name in ListName]: () => Promise<Meta[Name]> } = {
  people: async () => (await call(api.listPeople, {})).items,
  roles: async () => (await call(api.listRoles, {})).items,
  departments: async () => (await call(api.listDepartments, {})).items,
  channelPeople: async () => (await call(api.listChannelPeople, {})).items,
}

export type TeamList<Items> = Asked<Items> & {
  /** What an answer to a change says. */
  change(next: (items: Items) => Items): void
}

/** A whole list of the administration: what was read last time at once, then what the server says; kept to be read offline. */
export function createTeamList<Name extends ListName>(name: Name): TeamList<Meta[Name]> {
  const { desk } = useDesk()
  // A phone whose store was closed meanwhile keeps nothing.
  const keep = (items: Meta[Name]) => void putMeta(desk.db, name, items).catch(() => undefined)
  const asked = createAsked(ASK[name], keep)
  onMount(() => {
    getMeta(desk.db, name).then(
      (stored) => stored && !asked.items() && asked.put(stored),
      () => undefined,
    )
  })
  return {
    ...asked,
    change(next) {
      const now = asked.items()
      if (!now) return
      const changed = next(now)
      asked.put(changed)
      keep(changed)
    },
  }
}

/** The list with this item in its place, or at the end when it is new. */
export function withItem<Item extends { id: string }>(list: readonly Item[], item: Item): Item[] {
  return list.some(({ id }) => id === item.id) ? list.map((old) => (old.id === item.id ? item : old)) : [...list, item]
}
