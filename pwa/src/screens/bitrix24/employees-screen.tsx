import { useParams } from '@solidjs/router'
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createEffect, createMemo, createSignal, on, Show, type JSX } from 'solid-js'
import type { Employees } from '#contract/employees.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { employeesText } from '../../text/employees.ts'
import { ago } from '../../text/format.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { createEmployeeStaging } from './create-employee-staging.ts'
import { whenKept } from './keep-staged.ts'
import { EmployeeConflicts } from './employee-conflicts.tsx'
import { EmployeeHelp } from './employee-help.tsx'
import { EmployeeList } from './employee-list.tsx'
import { EmployeeReview } from './employee-review.tsx'
import { found, groupsOf, searchable, type Example } from './employees.rules.ts'

/** Bitrix24 may take its time with thousands. */
const READ_MS = 90_000

type PortalId = Employees['portalId']
const isPortalId = (text: string): text is PortalId => /^[\da-f-]{36}$/i.test(text)

/** The portal that the address names; an address of nothing is read as an unknown one. */
function portalIn(text: string): PortalId {
  if (!isPortalId(text)) throw new Error('no portal in this address')
  return text
}

/** The employees of a portal by department, and the three roles. Changes are staged, reviewed, and only then applied. */
export default function EmployeesScreen() {
  const params = useParams<{ portalId: string }>()
  const portalId = () => portalIn(params.portalId)
  const asked = createAsked(async () => {
    await whenKept(portalId())
    return call(api.listEmployees, { portalId: portalId() })
  })
  const staging = createEmployeeStaging(asked, portalId)
  const reading = createAction()
  const [words, setWords] = createSignal('')
  const [folded, setFolded] = createSignal<ReadonlySet<string>>(new Set())
  const [isReviewing, setIsReviewing] = createSignal(false)
  const [isHelping, setIsHelping] = createSignal(false)
  const index = createMemo(() => searchable(asked.items()?.items ?? []))
  const groups = createMemo(() => {
    const list = asked.items()
    return list ? groupsOf(list, found(index(), words())) : []
  })
  // Who searches wants to see whom they found.
  const foldedNow = () => (words().trim() === '' ? folded() : new Set<string>())
  const isReadOnly = () => asked.isStale() || staging.action.busy()

  const read = () =>
    reading.run(async () => {
      const { list, added, dismissed } = await call(api.readEmployees, { portalId: portalId() }, { timeoutMs: READ_MS })
      asked.put(list)
      say(employeesText().refreshed(list.items.length, added, dismissed))
    })
  // Nobody has to know that a list must be asked for first.
  createEffect(on(asked.items, (list) => list?.readAt === null && !reading.error() && void read()))

  async function apply() {
    await staging.apply()
    // What the other one did stands in the page, above the list.
    if (!staging.action.error() || staging.conflicts().length > 0) setIsReviewing(false)
  }

  function use(list: Employees, example: Example) {
    const more = staging.example(list, example)
    setIsHelping(false)
    say(employeesText().used(more))
  }

  function fold(groupId: string) {
    setFolded((now) => new Set(now.has(groupId) ? [...now].filter((id) => id !== groupId) : [...now, groupId]))
  }

  return (
    <PartPage
      wide
      back="/settings/bitrix24"
      title={employeesText().title}
      actions={
        <Button kind="quiet" class="!text-anil" icon={CircleQuestionMark} onClick={() => setIsHelping(true)}>
          {employeesText().help}
        </Button>
      }
      foot={
        <Show when={staging.count() > 0}>
          <div class="flex flex-none flex-wrap items-center gap-2 border-t border-line bg-surface p-3" role="status">
            <p class="nums min-w-32 flex-1 font-semibold">
              {employeesText().staged(staging.count())}
              <Show when={staging.isUnkept()}>
                <span class="block text-meta font-normal text-cochinilla">{employeesText().unkept}</span>
              </Show>
            </p>
            <Button disabled={staging.action.busy()} onClick={() => staging.discard()}>
              {employeesText().cancel}
            </Button>
            <Button kind="primary" disabled={asked.isStale()} onClick={() => setIsReviewing(true)}>
              {employeesText().apply}
            </Button>
          </div>
        </Show>
      }
    >
      <LoadProblem of={asked} title={employeesText().loadFailed} />
      <Show when={asked.items()}>
        {(list) => (
          <div>
            <Standing list={list()} withAccess={list().items.filter(({ access }) => access !== 'none').length}>
              <Button icon={RefreshCw} busy={reading.busy()} disabled={asked.isStale()} onClick={() => void read()}>
                {employeesText().refresh}
              </Button>
            </Standing>
            <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
              {reading.error()}
            </p>
            <EmployeeConflicts staging={staging} />
            <div class="mt-3 flex flex-wrap items-center gap-2">
              <input
                type="search"
                class="field min-w-48 flex-1"
                aria-label={employeesText().search}
                placeholder={employeesText().search}
                value={words()}
                onInput={(event) => setWords(event.currentTarget.value)}
              />
              <Show when={groups().length > 1 && words().trim() === ''}>
                <Button
                  kind="quiet"
                  onClick={() => setFolded(folded().size > 0 ? new Set() : new Set(groups().map(({ id }) => id)))}
                >
                  {folded().size > 0 ? employeesText().unfoldAll : employeesText().foldAll}
                </Button>
              </Show>
            </div>
            <Show
              when={groups().length > 0}
              fallback={
                <Show
                  when={list().items.length > 0}
                  fallback={
                    <Empty
                      title={reading.busy() ? employeesText().reading : employeesText().empty}
                      help={employeesText().emptyHelp}
                    />
                  }
                >
                  <Empty title={employeesText().noMatch(words())} />
                </Show>
              }
            >
              <EmployeeList
                list={list()}
                groups={groups()}
                staging={staging}
                isReadOnly={isReadOnly()}
                folded={foldedNow()}
                fold={fold}
              />
            </Show>
            <Show when={isHelping()}>
              <EmployeeHelp use={(example) => use(list(), example)} close={() => setIsHelping(false)} />
            </Show>
          </div>
        )}
      </Show>
      <Show when={isReviewing()}>
        <EmployeeReview staging={staging} apply={() => void apply()} close={() => setIsReviewing(false)} />
      </Show>
    </PartPage>
  )
}

/** Whose employees these are, how fresh the list is, and how many of them come in. */
function Standing(props: { list: Employees; withAccess: number; children: JSX.Element }) {
  return (
    <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div class="min-w-56 flex-1">
        <p class="font-semibold wrap-anywhere">{props.list.domain}</p>
        <p class="nums text-small text-ink-2">
          {props.list.readAt ? employeesText().readAt(ago(props.list.readAt, minuteNow())) : employeesText().neverRead}
        </p>
        <p class="nums text-small text-ink-2">{employeesText().withAccess(props.withAccess, props.list.items.length)}</p>
        <Show when={props.list.problem}>
          {(code) => <p class="mt-1 rounded-segment bg-maiz-tint px-3 py-2 text-small">{employeesText().unread(code())}</p>}
        </Show>
      </div>
      {props.children}
    </div>
  )
}
