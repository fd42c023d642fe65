import { useNavigate } from '@solidjs/router'
import X from 'lucide-solid/icons/x'
import { For } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { overview } from '../../text/overview.ts'
import { Icon } from '../../ui/icon.tsx'
import { FILTERS, filtersOf, queryOf, type FilterName } from './filters.rules.ts'

/** The filters that hold, each with a way to take it off. They live in the address. */
export function FilterBar(props: { query: string }) {
  const { desk, labels } = useDesk()
  const navigate = useNavigate()
  const filters = () => filtersOf(props.query)
  const chosen = () => FILTERS.filter((name) => filters()[name] !== undefined)

  function wordOf(name: FilterName): string {
    const value = filters()[name] ?? ''
    const words = overview()
    const chats = () => [...desk.chats().values()]
    if (name === 'waiting') return words.isWaiting
    if (name === 'closed') return words.closedToday
    if (name === 'messages') return Object.entries(words.fates).find(([fate]) => fate === value)?.[1] ?? value
    if (name === 'state') return Object.entries(words.states).find(([state]) => state === value)?.[1] ?? words.names.state
    if (name === 'channel') return desk.channel(value)?.name ?? words.names.channel
    if (name === 'assignee' && value === 'none') return words.nobody
    if (name === 'assignee') return chats().find((chat) => chat.assignee?.id === value)?.assignee?.name ?? words.names.assignee
    if (name === 'label') return labels.one(value)?.name ?? words.names.label
    return words.names.department
  }
  const without = (name: FilterName) => {
    const query = queryOf({ ...filters(), [name]: undefined })
    navigate(query ? `/chats?${query}` : '/chats')
  }
  return (
    <div role="group" aria-label={overview().filters} class="no-bar flex gap-2 overflow-x-auto px-4 pb-1.5">
      <For each={chosen()}>
        {(name) => (
          <button
            type="button"
            class="button button-outlined flex-none"
            aria-label={overview().remove(wordOf(name))}
            onClick={() => without(name)}
          >
            {wordOf(name)}
            <Icon of={X} size={16} />
          </button>
        )}
      </For>
    </div>
  )
}
