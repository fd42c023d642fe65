import { For } from 'solid-js'
import type { Permission } from '#contract/permissions.ts'
import type { PushKind } from '#contract/push.ts'
import { PUSH_KINDS } from '#contract/push-kinds.ts'
import { useDesk } from '../../live/context.ts'
import { notices } from '../../text/notices.ts'
import { Switch } from '../../ui/switch.tsx'
import { Card } from './card.tsx'
import type { Choice } from './create-choice.ts'

/** What only some can hear of: the others are not offered it. */
const NEEDS: Partial<Record<PushKind, Permission>> = {
  queue: 'chats.queue',
  transfer_asked: 'transfers.decide',
  transfer_answered: 'transfers.request',
  channel: 'channels.pause',
  alert: 'dead_letters.manage',
}

/** What to hear of. */
export function Kinds(props: { choice: Choice }) {
  const { desk } = useDesk()
  const offered = () =>
    PUSH_KINDS.filter((kind) => {
      const needed = NEEDS[kind]
      return needed === undefined || desk.may(needed)
    })
  const change = (kind: PushKind, on: boolean) => {
    const { kinds } = props.choice.now()
    props.choice.change({ kinds: PUSH_KINDS.filter((one) => (one === kind ? on : kinds.includes(one))) })
  }
  return (
    <Card title={notices().what}>
      <div class="divide-y divide-line">
        <For each={offered()}>
          {(kind) => (
            <Switch name={notices().kinds[kind]} on={props.choice.now().kinds.includes(kind)} change={(on) => change(kind, on)} />
          )}
        </For>
        <Switch
          name={notices().onlyMine}
          help={notices().onlyMineHelp}
          on={props.choice.now().onlyMine}
          change={(onlyMine) => props.choice.change({ onlyMine })}
        />
      </div>
      <Saving choice={props.choice} />
    </Card>
  )
}

/** What is shown of it. */
export function Looks(props: { choice: Choice }) {
  return (
    <Card title={notices().how}>
      <div class="divide-y divide-line">
        <Switch
          name={notices().preview}
          help={notices().previewHelp}
          on={props.choice.now().preview}
          change={(preview) => props.choice.change({ preview })}
        />
        <Switch
          name={notices().sound}
          help={notices().soundHelp}
          on={props.choice.now().sound}
          change={(sound) => props.choice.change({ sound })}
        />
      </div>
    </Card>
  )
}

/** Whether what was chosen is stored. */
export function Saving(props: { choice: Choice }) {
  return (
    <>
      <p role="status" class="text-small text-maiz empty:hidden">
        {props.choice.isWaiting() ? notices().waiting : null}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.choice.error()}
      </p>
    </>
  )
}
