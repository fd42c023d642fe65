import { createSignal, For, Show } from 'solid-js'
import type { Device } from '#contract/session.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { deviceName } from '../../lib/device-name.rules.ts'
import type { Asked } from '../../live/create-asked.ts'
import { ago, dayTime } from '../../text/format.ts'
import { own } from '../../text/own.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded, Refused, Section } from './section.tsx'

/** Where this person is signed in. */
export function Devices(props: { list: Asked<readonly Device[]> }) {
  const action = createAction()
  const [ending, setEnding] = createSignal<Device['id'] | 'others' | null>(null)
  const [ended, setEnded] = createSignal(0)

  async function endChosen() {
    const id = ending()
    if (!id) return
    let count = 1
    if (id === 'others') count = (await call(api.endOtherDevices, {})).ended
    else await call(api.endDevice, { sessionId: id })
    const isLeft = (device: Device) => device.isThis || (id !== 'others' && device.id !== id)
    props.list.put((props.list.items() ?? []).filter(isLeft))
    setEnded(count)
  }
  function end(id: Device['id'] | 'others') {
    if (action.busy()) return
    setEnding(id)
    setEnded(0)
    void action.run(endChosen)
  }

  return (
    <Section title={own().devices.title}>
      <Loaded list={props.list}>
        {(devices) => (
          <>
            <ul class="grid gap-2">
              <For each={devices()}>
                {(device) => (
                  <li class="flex flex-wrap items-center gap-2 rounded-slip border border-line p-3">
                    <p class="min-w-40 flex-1">
                      <span class="block font-semibold">{nameOf(device)}</span>
                      <span class="nums block text-meta text-ink-3">
                        {device.isThis ? null : `${own().devices.seen(ago(device.lastSeenAt, minuteNow()))} · `}
                        {own().devices.since(dayTime(device.createdAt))}
                      </span>
                    </p>
                    <Show
                      when={!device.isThis}
                      fallback={<strong class="text-small text-eucalipto">{own().devices.this}</strong>}
                    >
                      <Button
                        aria-label={`${own().devices.end}: ${nameOf(device)}`}
                        busy={action.busy() && ending() === device.id}
                        onClick={() => end(device.id)}
                      >
                        {own().devices.end}
                      </Button>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
            <Show when={devices().some(({ isThis }) => !isThis)}>
              <Button
                kind="danger"
                class="self-start"
                busy={action.busy() && ending() === 'others'}
                onClick={() => end('others')}
              >
                {own().devices.endOthers}
              </Button>
            </Show>
          </>
        )}
      </Loaded>
      <Refused error={action.error()} />
      <p role="status" class="text-small text-eucalipto empty:hidden">
        {ended() > 0 ? own().devices.ended(ended()) : null}
      </p>
    </Section>
  )
}

function nameOf(device: Device): string {
  const name = deviceName(device.userAgent)
  return name ? own().devices.name(name.browser, name.system) : own().devices.unknown
}
