/** The customer of a company at a gateway. */
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import { keepCustomer } from './billing.store.ts'
import type { Result, TopupGateway } from './gateway.ts'

type Company = {
  accountId: string
  company: string
  /** Whoever asks. */ email: string
  /** As the gateway has named it before. */ customer: string | null
}

/** Made where there is none; null: this gateway knows no customers. */
export async function customerAt(env: Env, gateway: TopupGateway, asks: Company): Promise<Result<string | null>> {
  if (asks.customer !== null) return { ok: true, value: asks.customer }
  const { accountId, company: name, email } = asks
  const made = await gateway.ensureCustomer({ accountId, name, email })
  if (!made.ok || made.value === null) return made
  return { ok: true, value: await keepCustomer(databaseOf(env), accountId, gateway.name, made.value) }
}
