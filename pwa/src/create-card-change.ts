import type { Subscription } from '#contract/subscriptions.ts'
import { call } from './api/call.ts'
import * as api from './api/card-endpoints.ts'
import { createAction } from './api/create-action.ts'
import { GATEWAY_MS } from './api/gateway.ts'
import { isInFrame } from './lib/in-frame.ts'
import { onReturn } from './lib/on-return.ts'
import { uuidv7 } from './lib/uuid.ts'

/** Asks the gateway whether another card was kept on its page: only its word counts. */
export const isCardKept = (): Promise<boolean> =>
  call(api.lookCard, {}, { timeoutMs: GATEWAY_MS }).then(
    ({ isOpen }) => !isOpen,
    () => false,
  )

/** Goes where another card is kept: of a subscription, or (null) of automatic top-ups. Tapped twice, it is one page. */
export function createCardChange(kept: () => void) {
  const { busy, error, run } = createAction()
  let id = uuidv7()

  async function begin(subscriptionId: Subscription['id'] | null) {
    const inFrame = isInFrame()
    const asked = { id, ...(subscriptionId !== null && { subscriptionId }), inFrame }
    const { url } = await call(api.openCard, asked, { timeoutMs: GATEWAY_MS })
    id = uuidv7()
    if (!inFrame) return window.location.assign(url)
    window.open(url, '_blank', 'noopener')
    onReturn(() => void isCardKept().then((isKept) => isKept && kept()))
  }

  return { busy, error, open: (subscriptionId: Subscription['id'] | null) => run(() => begin(subscriptionId)) }
}
