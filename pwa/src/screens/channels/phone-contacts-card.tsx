import ListChecks from 'lucide-solid/icons/list-checks'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createSignal, For, Show } from 'solid-js'
import type { ChannelId } from '#contract/ids.ts'
import type { PhoneContacts } from '#contract/phone-contacts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { pastText } from '../../text/past.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'
import { Card } from './card.tsx'
import { PhoneContactsSheet } from './phone-contacts-sheet.tsx'

const WAYS: readonly PhoneContacts['way'][] = ['propose', 'direct', 'off']

/** The address book of the number's phone: what becomes of it, what waits, and what has become of the rest. */
export function PhoneContactsCard(props: { channelId: ChannelId; isOpen: boolean }) {
  const asked = createAsked(() => call(api.listPhoneContacts, { channelId: props.channelId }))
  const action = createAction()
  const [isListed, setIsListed] = createSignal(false)
  const words = () => pastText().contacts

  function change(more: Partial<Pick<PhoneContacts, 'way' | 'toClients'>>) {
    const now = asked.items()
    if (!now) return
    const { way, toClients } = { ...now, ...more }
    const { channelId } = props
    void action.run(async () => {
      await call(api.setPhoneContacts, { channelId, way, toClients })
      await asked.again()
    })
  }

  async function read() {
    const { done } = await call(api.readPhoneContacts, { channelId: props.channelId }, { timeoutMs: 70_000 })
    say(done ? words().reading : words().away)
    await asked.again()
  }

  return (
    <Show when={asked.items()}>
      {(now) => {
        const open = () => now().counts.new + now().counts.fill + now().counts.conflict
        return (
          <Card title={words().title} help={words().help}>
            <div class="mt-3 grid gap-3">
              <Choice
                label={words().way}
                value={now().way}
                disabled={action.busy()}
                onChange={(event) => {
                  const way = WAYS.find((one) => one === event.currentTarget.value)
                  if (way) change({ way })
                }}
              >
                <For each={WAYS}>{(way) => <option value={way}>{words().ways[way]}</option>}</For>
              </Choice>
              <Show when={now().hasClients && now().way !== 'off'}>
                <Switch
                  name={words().toClients}
                  help={words().toClientsHelp}
                  on={now().toClients}
                  change={(toClients) => change({ toClients })}
                />
              </Show>
              <div role="status" class="nums text-small text-ink-2">
                <p>{open() > 0 ? words().waiting(open()) : words().nothing}</p>
                <p class="empty:hidden">{now().counts.conflict > 0 && words().conflicts(now().counts.conflict)}</p>
                <p class="empty:hidden">
                  {now().counts.taken + now().counts.left > 0 && words().settled(now().counts.taken, now().counts.left)}
                </p>
                <Show when={Object.keys(now().clients).length > 0}>
                  <p>{words().clients(now().clients)}</p>
                </Show>
              </div>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {action.error()}
              </p>
              <div class="flex flex-wrap gap-2">
                <Show when={open() > 0}>
                  <Button kind="primary" icon={ListChecks} onClick={() => setIsListed(true)}>
                    {words().review}
                  </Button>
                </Show>
                <Show when={props.isOpen && now().way !== 'off'}>
                  <Button icon={RefreshCw} busy={action.busy()} onClick={() => void action.run(read)}>
                    {words().read}
                  </Button>
                </Show>
              </div>
            </div>
            <Show when={isListed()}>
              <PhoneContactsSheet
                channelId={props.channelId}
                isBeingRead={action.busy()}
                close={() => {
                  setIsListed(false)
                  void asked.again()
                }}
              />
            </Show>
          </Card>
        )
      }}
    </Show>
  )
}
