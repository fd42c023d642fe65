import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createSignal, For } from 'solid-js'
import type { Person } from '#contract/people.ts'
import type { Device } from '#contract/session.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { ago, dayTime } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { createAction } from '../../api/create-action.ts'
import { createAsked } from '../../live/create-asked.ts'
import { deviceName } from '../../lib/device-name.rules.ts'
import { Loaded } from './loaded.tsx'

/** Where a person is signed in, and how to sign one of these devices out. */
export function PersonDevices(props: { person: Person; back: () => void; changed: (person: Person) => void }) {
  const devices = createAsked(async () => (await call(api.listDevicesOf, { personId: props.person.id })).items)
  const action = createAction()
  const [ending, setEnding] = createSignal<Device['id'] | null>(null)
  const [isDone, setIsDone] = createSignal(false)

  async function end() {
    const ended = ending()
    if (!ended) return
    await call(api.endDeviceOf, { personId: props.person.id, sessionId: ended })
    const left = (devices.items() ?? []).filter(({ id }) => id !== ended)
    devices.put(left)
    props.changed({ ...props.person, devices: left.length })
    setIsDone(true)
  }

  return (
    <div class="flex flex-col gap-4 p-5">
      <Loaded list={devices} rows={2}>
        {(items) => (
          <ul class="grid gap-3">
            <For each={items()} fallback={<li class="text-small text-ink-2">{team().people.devicesEmpty}</li>}>
              {(device) => (
                <li class="fold-bl flex flex-wrap items-center gap-2 rounded-slip border border-line p-3">
                  <p class="min-w-40 flex-1">
                    <span class="block font-semibold">{nameOf(device)}</span>
                    <span class="nums block text-meta text-ink-3">
                      {team().people.seen(ago(device.lastSeenAt, minuteNow()))} ·{' '}
                      {team().people.deviceSince(dayTime(device.createdAt))}
                    </span>
                  </p>
                  <Button
                    aria-label={`${team().people.endDevice}: ${nameOf(device)}`}
                    busy={action.busy() && ending() === device.id}
                    onClick={() => {
                      setEnding(device.id)
                      setIsDone(false)
                      void action.run(end)
                    }}
                  >
                    {team().people.endDevice}
                  </Button>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <p role="status" class="text-small text-eucalipto empty:hidden">
        {isDone() ? team().people.deviceEnded : null}
      </p>
      <Button kind="quiet" icon={ArrowLeft} class="self-start" onClick={() => props.back()}>
        {t().app.back}
      </Button>
    </div>
  )
}

function nameOf(device: Device): string {
  const name = deviceName(device.userAgent)
  return name ? team().people.device(name.browser, name.system) : team().people.deviceUnknown
}
