import { createSignal, onCleanup, onMount, type Accessor } from 'solid-js'
import type { Push } from '#contract/push.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import type { Asked } from '../../live/create-asked.ts'
import { standing, SubscribeProblem, turnOn, unsubscribeHere, type Standing, type Trouble } from '../../live/push-device.ts'
import { postponeInvitation } from '../../notice-invitation.ts'

export type Device = {
  standing: Accessor<Standing | null>
  trouble: Accessor<Trouble | null>
  busy: Accessor<boolean>
  error: Accessor<string | null>
  on(): void
  off(): void
  look(): void
}

/** This device's subscription, and turning it on and off. */
export function createThisDevice(asked: Asked<Push>): Device {
  const [now, setNow] = createSignal<Standing | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const action = createAction()
  const look = () => void standing().then(setNow, () => setNow('unsupported'))
  onMount(look)
  // Permission may be given in the system's settings meanwhile.
  document.addEventListener('visibilitychange', look)
  onCleanup(() => document.removeEventListener('visibilitychange', look))

  async function subscribe(publicKey: string): Promise<void> {
    try {
      asked.put(await turnOn(publicKey))
      postponeInvitation(Date.now())
    } catch (error) {
      if (!(error instanceof SubscribeProblem)) throw error
      setTrouble(error.trouble)
    }
  }

  return {
    ...{ standing: now, trouble, busy: action.busy, error: action.error, look },
    on() {
      const publicKey = asked.items()?.publicKey
      setTrouble(null)
      if (publicKey) void action.run(() => subscribe(publicKey)).then(look)
    },
    off() {
      const mine = asked.items()?.devices.find(({ isThis, dropped }) => isThis && dropped === null)
      void action
        .run(async () => {
          if (mine) asked.put(await call(api.removePushDevice, { pushDeviceId: mine.id }))
          await unsubscribeHere()
        })
        .then(look)
    },
  }
}
