import type { listColleagues } from '#contract/desk.ts'
import type { OutputOf } from '#contract/endpoint.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { overview } from '../../text/overview.ts'
import { FILTERS, filtersOf, type FilterName } from './filters.rules.ts'

type Colleagues = OutputOf<typeof listColleagues>

/** What filters are called: from what this phone knows, and from the list of colleagues where one may read it. */
export function createFilterWords() {
  const { desk, labels } = useDesk()
  const asked = createAsked(async (): Promise<Colleagues> =>
    desk.may('transfers.request') ? call(api.listColleagues, {}) : { items: [], departments: [] },
  )

  /** Whose chats there are: colleagues, and whoever stands on a chat that is here. */
  function agents(): { id: string; name: string }[] {
    const known = new Map((asked.items()?.items ?? []).map(({ id, name }) => [id as string, name]))
    for (const { assignee } of desk.chats().values())
      if (assignee && !known.has(assignee.id)) known.set(assignee.id, assignee.name)
    return [...known].map(([id, name]) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name))
  }
  const departments = (): readonly { id: string; name: string }[] => asked.items()?.departments ?? []

  function wordOf(name: FilterName, value: string): string {
    const words = overview()
    const named = (list: readonly { id: string; name: string }[]) => list.find(({ id }) => id === value)?.name
    switch (name) {
      case 'waiting':
        return words.isWaiting
      case 'closed':
        return words.closedToday
      case 'messages':
        return Object.entries(words.fates).find(([fate]) => fate === value)?.[1] ?? value
      case 'state':
        return Object.entries(words.states).find(([state]) => state === value)?.[1] ?? words.names.state
      case 'channel':
        return desk.channel(value)?.name ?? words.names.channel
      case 'label':
        return labels.one(value)?.name ?? words.names.label
      case 'assignee':
        return value === 'none' ? words.nobody : (named(agents()) ?? words.names.assignee)
      case 'department':
        return named(departments()) ?? words.names.department
    }
  }

  /** The filters of a query, each with its word. */
  function chosen(query: string): { name: FilterName; word: string }[] {
    const filters = filtersOf(query)
    return FILTERS.flatMap((name) => {
      const value = filters[name]
      return value === undefined ? [] : [{ name, word: wordOf(name, value) }]
    })
  }

  return { agents, departments, chosen }
}
