import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { PortalLine } from '#contract/portal-lines.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/portal-endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { phoneNumber } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { AddChannel } from '../../add-number/add-channel.tsx'
import { LinkPart } from './link-part.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

type FillPartProps = {
  portalId: string
  line: number
  channels: readonly Channel[]
  /** Every binding of the company: whose line a number has already. */
  lines: readonly PortalLine[]
  added: (channel: Channel) => void
  bound: (line: PortalLine) => void
}

/** An open line without a number: one that is there, or a new one. */
export function FillPart(props: FillPartProps) {
  const { desk } = useDesk()
  const action = createAction()
  const [chosen, setChosen] = createSignal('')
  const [isAdding, setIsAdding] = createSignal(false)
  const newSession = () => {
    const channel = props.channels.find(({ id }) => id === chosen())
    return channel?.kind === 'session' && desk.may('channels.manage') ? channel : undefined
  }
  const label = ({ id, name, phone }: Channel) => {
    const elsewhere = props.lines.find(({ channelId }) => channelId === id)
    return [name, phone && phoneNumber(phone), elsewhere && linesText().numberElsewhere(elsewhere.lineName)]
      .filter(Boolean)
      .join(' · ')
  }

  async function bind() {
    const input = { channelId: chosen(), portalId: props.portalId, line: props.line }
    props.bound(await call(api.bindPortalLine, input, { timeoutMs: PORTAL_MS }))
  }

  return (
    <>
      <Show when={newSession()} keyed>
        {(one) => <LinkPart channel={one} />}
      </Show>
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(bind, portalRefused)
        }}
      >
        <p>{linesText().lineUnbound}</p>
        <Choice
          label={linesText().chooseNumber}
          required
          value={chosen()}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="" />
          <For each={props.channels}>
            {(one) => (
              <option value={one.id} selected={one.id === chosen()}>
                {label(one)}
              </option>
            )}
          </For>
        </Choice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()} disabled={chosen() === ''}>
          {linesText().bind}
        </Button>
      </form>
      <Show when={desk.may('channels.manage')}>
        <Button class="mt-3" icon={Plus} onClick={() => setIsAdding(true)}>
          {linesText().add}
        </Button>
      </Show>
      <Show when={isAdding()}>
        <AddChannel
          close={() => setIsAdding(false)}
          added={(one) => {
            props.added(one)
            setChosen(one.id)
          }}
          stays
        />
      </Show>
    </>
  )
}
