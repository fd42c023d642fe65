import { useNavigate } from '@solidjs/router'
import { For, untrack, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { useDesk } from '../../live/context.ts'
import { overview } from '../../text/overview.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { createFilterWords } from './create-filter-words.ts'
import { filtersOf, queryOf, type FilterName } from './filters.rules.ts'

type Option = { id: string; name: string }

/** Chooses any combination of agent, label, state, number and department. What is chosen becomes the list's address. */
export function FilterSheet(props: { query: string; close: () => void }) {
  const { desk, labels } = useDesk()
  const navigate = useNavigate()
  const words = createFilterWords()
  const [wanted, setWanted] = createStore(untrack(() => ({ ...asTexts(props.query) })))
  const states = (): Option[] => Object.entries(overview().states).map(([id, name]) => ({ id, name }))
  const channels = () => desk.channels().filter(({ state, id }) => state !== 'archived' || id === wanted.channel)

  function show(query: string) {
    props.close()
    navigate(query ? `/chats?${query}` : '/chats')
  }
  const pick = (name: FilterName, label: string, options: readonly Option[], first?: JSX.Element) => (
    <Choice
      label={label}
      value={wanted[name] ?? ''}
      onChange={(event) => setWanted(name, event.currentTarget.value || undefined)}
    >
      <option value="">{overview().none}</option>
      {first}
      <For each={options}>
        {(option) => (
          <option value={option.id} selected={wanted[name] === option.id}>
            {option.name}
          </option>
        )}
      </For>
    </Choice>
  )

  return (
    <Sheet title={overview().filters} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          // Checked as every address is: what makes no sense is left out.
          show(queryOf(filtersOf(new URLSearchParams(given(wanted)).toString())))
        }}
      >
        {pick('state', overview().names.state, states())}
        {pick(
          'assignee',
          overview().names.assignee,
          words.agents(),
          <option value="none" selected={wanted.assignee === 'none'}>
            {overview().nobody}
          </option>,
        )}
        {pick('label', overview().names.label, labels.items())}
        {pick('channel', overview().names.channel, channels())}
        {pick('department', overview().names.department, words.departments())}
        <Switch
          name={overview().isWaiting}
          on={wanted.waiting === 'yes'}
          change={(on) => setWanted('waiting', on ? 'yes' : undefined)}
        />
        <Button kind="primary" type="submit">
          {overview().show}
        </Button>
        <Button kind="quiet" disabled={Object.keys(given(wanted)).length === 0} onClick={() => show('')}>
          {overview().clear}
        </Button>
      </form>
    </Sheet>
  )
}

type Texts = Partial<Record<FilterName, string | undefined>>
const asTexts = (query: string): Texts => filtersOf(query)
const given = (texts: Texts): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).flatMap(([name, value]) => (value ? [[name, value]] : [])))
