import type { Topup } from '#contract/billing.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/billing-endpoints.ts'
import { GATEWAY_MS } from '../../api/gateway.ts'
import { isInFrame } from '../../lib/in-frame.ts'
import { uuidv7 } from '../../lib/uuid.ts'

type Asked = Pick<Topup, 'gateway'> & { amount: string; keepsMethod: boolean }

/** Begins a top-up and goes where it is paid. Tapped twice, it is one: the id changes only with what is asked for. */
export function createTopUp(begun: (topup: Topup) => void) {
  const { busy, error, run } = createAction()
  let last = { what: '', id: '' }
  const idFor = (asked: Asked) => {
    const what = JSON.stringify(asked)
    if (last.what !== what) last = { what, id: uuidv7() }
    return last.id
  }

  async function begin(asked: Asked) {
    const inFrame = isInFrame()
    const topup = await call(api.addTopup, { id: idFor(asked), ...asked, inFrame }, { timeoutMs: GATEWAY_MS })
    last = { what: '', id: '' }
    if (!inFrame && topup.url) window.location.assign(topup.url)
    else begun(topup)
  }

  return { busy, error, pay: (asked: Asked) => run(() => begin(asked)) }
}
