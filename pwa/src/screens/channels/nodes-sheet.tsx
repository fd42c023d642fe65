import { createSignal, For, Show } from 'solid-js'
import type { OutputOf } from '#contract/endpoint.ts'
import type { addSessionNode, SessionNode } from '#contract/nodes.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { lookAgain } from '../../lib/look-again.ts'
import { useDesk } from '../../live/context.ts'
import { createAsked } from '../../live/create-asked.ts'
import { ShownOnce } from '../../shown-once.tsx'
import { ago } from '../../text/format.ts'
import { nodesText } from '../../text/nodes.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailedLine } from '../../ui/failed-line.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { commandsOf } from './node-commands.rules.ts'

const LOOK_EVERY_MS = 5_000

type Made = OutputOf<typeof addSessionNode>

/** The programs that run unofficial numbers: our servers, and the company's own with all that can be done about them. */
export function NodesSheet(props: { close: () => void }) {
  const { desk } = useDesk()
  const asked = createAsked(() => call(api.listSessionNodes, {}))
  const [isAdding, setIsAdding] = createSignal(false)
  const [made, setMade] = createSignal<Made | null>(null)
  // A program that was just started comes in by itself: whoever waits for it sees it come.
  lookAgain(asked.again, LOOK_EVERY_MS)
  const title = () => {
    const now = made()
    return now ? nodesText().tokenTitle(now.node.name) : isAdding() ? nodesText().add : nodesText().title
  }

  function note(node: SessionNode) {
    const now = asked.items()
    if (!now) return
    const isOld = now.items.some(({ id }) => id === node.id)
    asked.put({ ...now, items: isOld ? now.items.map((one) => (one.id === node.id ? node : one)) : [node, ...now.items] })
  }

  return (
    <Sheet title={title()} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <Show when={made()}>
          {(now) => (
            <Token
              made={now()}
              done={() => {
                setMade(null)
                setIsAdding(false)
              }}
            />
          )}
        </Show>
        <Show when={isAdding() && !made()}>
          <AddNode
            added={(now) => {
              note(now.node)
              setMade(now)
            }}
          />
        </Show>
        <Show when={!isAdding()}>
          <p class="text-small text-ink-2">{nodesText().help}</p>
          <Show when={asked.problem()}>
            <FailedLine says={nodesText().failed} retry={t().app.retry} again={() => void asked.again()} />
          </Show>
          <Show when={asked.items()}>
            {(list) => (
              <>
                <ul class="grid gap-3">
                  <li class="rounded-card border border-line bg-surface p-4">
                    <p class="font-semibold">{nodesText().ours}</p>
                    <p class="text-small text-ink-2">
                      {list().ours.here ? nodesText().oursHere(list().ours.numbers) : nodesText().oursAway(list().ours.numbers)}
                    </p>
                  </li>
                  <For each={list().items}>
                    {(node) => <NodeRow node={node} mayRevoke={desk.may('channels.keys') && !asked.isStale()} revoked={note} />}
                  </For>
                </ul>
                <Show when={list().items.length === 0}>
                  <p class="text-small text-ink-2">{nodesText().none}</p>
                </Show>
              </>
            )}
          </Show>
          <Show when={desk.may('channels.keys')}>
            <Button kind="primary" disabled={asked.isStale()} onClick={() => setIsAdding(true)}>
              {nodesText().add}
            </Button>
          </Show>
        </Show>
      </div>
    </Sheet>
  )
}

const STYLES: Record<SessionNode['state'], string> = {
  new: 'bg-sunk text-ink-2',
  here: 'bg-eucalipto-tint text-eucalipto',
  leaving: 'bg-maiz-tint text-maiz',
  away: 'bg-cochinilla-tint text-cochinilla',
  revoked: 'bg-sunk text-ink-2',
}

function NodeRow(props: { node: SessionNode; mayRevoke: boolean; revoked: (node: SessionNode) => void }) {
  const action = createAction()
  const [isSure, setIsSure] = createSignal(false)
  const words = () => nodesText()
  const life = () => {
    const { state, lastSeenAt, version, running, capacity, memoryMb, numbers } = props.node
    const isThere = state === 'here' || state === 'leaving'
    return [
      ...(isThere ? [words().running(running, capacity), words().memory(memoryMb)] : []),
      ...(!isThere && numbers > 0 ? [words().numbers(numbers)] : []),
      ...(version === null ? [] : [words().version(version)]),
      ...(lastSeenAt === null ? [] : [words().seen(ago(lastSeenAt, minuteNow()))]),
    ].join(' · ')
  }
  async function revoke() {
    props.revoked(await call(api.revokeSessionNode, { nodeId: props.node.id }))
    setIsSure(false)
  }
  return (
    <li class="rounded-card border border-line bg-surface p-4">
      <p class="flex flex-wrap items-center gap-2">
        <span class="font-semibold wrap-anywhere">{props.node.name}</span>
        <span class={`rounded-chip px-2 py-px text-meta font-semibold ${STYLES[props.node.state]}`}>
          {words().states[props.node.state]}
        </span>
      </p>
      <p class="nums text-small text-ink-2 empty:hidden">{life()}</p>
      <Show when={props.mayRevoke && props.node.state !== 'revoked' && !isSure()}>
        <Button kind="danger" class="mt-2" aria-label={words().revokeOf(props.node.name)} onClick={() => setIsSure(true)}>
          {words().revoke}
        </Button>
      </Show>
      <Show when={isSure()}>
        <div role="alertdialog" aria-label={words().revokeSure(props.node.name)} class="mt-3 rounded-segment bg-sunk p-3">
          <p class="font-semibold">{words().revokeSure(props.node.name)}</p>
          <p class="text-small text-ink-2">{words().revokeHelp}</p>
          <p role="alert" class="text-small text-cochinilla empty:hidden">
            {action.error()}
          </p>
          <div class="mt-3 flex gap-2">
            <Button kind="sure" busy={action.busy()} onClick={() => void action.run(revoke)}>
              {words().revoke}
            </Button>
            <Button onClick={() => setIsSure(false)}>{t().app.cancel}</Button>
          </div>
        </div>
      </Show>
    </li>
  )
}

function AddNode(props: { added: (made: Made) => void }) {
  const action = createAction()
  const [name, setName] = createSignal('')

  async function add() {
    props.added(await call(api.addSessionNode, { name: name().trim() }))
  }

  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(add)
      }}
    >
      <Field
        label={nodesText().name}
        hint={nodesText().nameHint}
        maxlength={60}
        autocomplete="off"
        required
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" type="submit" busy={action.busy()} disabled={name().trim() === ''}>
        {nodesText().make}
      </Button>
    </form>
  )
}

function Token(props: { made: Made; done: () => void }) {
  const commands = () => commandsOf(props.made)
  return (
    <>
      <p class="text-small text-ink-2">{nodesText().tokenHelp}</p>
      <ShownOnce label={nodesText().token} copyLabel={`${nodesText().copy}: ${nodesText().token}`} value={props.made.token} />
      <p class="text-small">{nodesText().commandHelp}</p>
      <For each={['linux', 'windows', 'container'] as const}>
        {(way) => (
          <ShownOnce label={nodesText()[way]} copyLabel={`${nodesText().copy}: ${nodesText()[way]}`} value={commands()[way]} />
        )}
      </For>
      <Button kind="primary" onClick={() => props.done()}>
        {nodesText().done}
      </Button>
    </>
  )
}
