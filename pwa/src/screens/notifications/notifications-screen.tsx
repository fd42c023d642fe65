import { Match, Switch } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { notices } from '../../text/notices.ts'
import { createChoice } from './create-choice.ts'
import { createThisDevice } from './create-this-device.ts'
import { Devices } from './devices.tsx'
import { Kinds, Looks } from './kinds.tsx'
import { QuietHours } from './quiet-hours.tsx'
import { ThisDevice } from './this-device.tsx'

/** What a person hears of when the app is closed: on which devices, of what, how and when. */
export default function NotificationsScreen() {
  const asked = createAsked(() => call(api.getPush, {}))
  const device = createThisDevice(asked)
  const choice = createChoice(asked)

  return (
    <PartPage title={notices().title}>
      <Switch fallback={<div class="skeleton h-40 rounded-card bg-sunk" aria-hidden="true" />}>
        <Match when={asked.items()}>
          {(push) => (
            <div class="flex flex-col gap-4">
              <ThisDevice push={push()} device={device} />
              <Kinds choice={choice} />
              <Looks choice={choice} />
              <QuietHours choice={choice} />
              <Devices push={push()} put={asked.put} removed={device.look} />
            </div>
          )}
        </Match>
        <Match when={asked.problem()}>
          <LoadProblem of={asked} title={notices().loadFailed} offline={notices().offline} />
        </Match>
      </Switch>
    </PartPage>
  )
}
