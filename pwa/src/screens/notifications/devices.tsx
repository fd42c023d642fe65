import { createSignal, For, Show } from 'solid-js'
import type { Push, PushDevice } from '#contract/push.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { deviceName } from '../../lib/device-name.rules.ts'
import { unsubscribeHere } from '../../live/push-device.ts'
import { ago } from '../../text/format.ts'
import { notices } from '../../text/notices.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from './card.tsx'

const TEST_MS = 20_000
type Result = keyof ReturnType<typeof notices>['tested']

/** Where this person is reached, and how the last push went; each can be tested and taken out. */
export function Devices(props: { push: Push; put: (push: Push) => void; removed: () => void }) {
  const action = createAction()
  const [busyWith, setBusyWith] = createSignal<string | null>(null)
  const [result, setResult] = createSignal<Result | null>(null)

  function run(device: PushDevice, what: 'test' | 'remove'): void {
    if (action.busy()) return
    setBusyWith(`${what} ${device.id}`)
    setResult(null)
    void action.run(() => (what === 'test' ? test(device) : remove(device)))
  }
  async function test(device: PushDevice): Promise<void> {
    const tested = await call(api.testPushDevice, { pushDeviceId: device.id }, { timeoutMs: TEST_MS })
    props.put(tested.push)
    setResult(tested.result)
  }
  async function remove(device: PushDevice): Promise<void> {
    props.put(await call(api.removePushDevice, { pushDeviceId: device.id }))
    if (device.isThis) await unsubscribeHere()
    props.removed()
  }
  const isBusy = (what: string, device: PushDevice) => action.busy() && busyWith() === `${what} ${device.id}`

  return (
    <Card title={notices().devices}>
      <Show when={props.push.devices.length > 0} fallback={<p class="text-ink-2">{notices().noDevices}</p>}>
        <ul class="grid gap-2">
          <For each={props.push.devices}>
            {(device) => (
              <li class="flex flex-wrap items-center gap-2 rounded-slip border border-line p-3">
                <p class="min-w-40 flex-1">
                  <span class="block font-semibold" classList={{ 'text-ink-2': device.dropped !== null }}>
                    {nameOf(device)}
                    <Show when={device.isThis && !device.dropped}>
                      <span class="font-normal text-eucalipto"> · {notices().thisDevice}</span>
                    </Show>
                  </span>
                  <span class="nums block text-meta text-ink-3">{stateOf(device)}</span>
                  <Show when={device.trouble && !device.dropped}>
                    <span class="block text-meta text-cochinilla">{notices().trouble(device.trouble ?? '')}</span>
                  </Show>
                </p>
                <Show when={!device.dropped}>
                  <Button
                    aria-label={notices().testOf(nameOf(device))}
                    busy={isBusy('test', device)}
                    onClick={() => run(device, 'test')}
                  >
                    {notices().test}
                  </Button>
                </Show>
                <Button
                  kind="quiet"
                  aria-label={notices().removeOf(nameOf(device))}
                  busy={isBusy('remove', device)}
                  onClick={() => run(device, 'remove')}
                >
                  {notices().remove}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p
        role="status"
        class="text-small empty:hidden"
        classList={{ 'text-eucalipto': result() === 'sent', 'text-cochinilla': result() !== 'sent' }}
      >
        {result() ? notices().tested[result() ?? 'later'] : null}
      </p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </Card>
  )
}

function nameOf({ userAgent }: PushDevice): string {
  const name = deviceName(userAgent)
  return name ? notices().device(name.browser, name.system) : notices().unknownDevice
}

function stateOf({ dropped, deliveredAt }: PushDevice): string {
  if (dropped) return notices().droppedAt(notices().dropped[dropped.why], ago(dropped.at, minuteNow()))
  return deliveredAt ? notices().delivered(ago(deliveredAt, minuteNow())) : notices().neverDelivered
}
