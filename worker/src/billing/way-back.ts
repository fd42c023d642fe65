/** Where a gateway's page leads back to. */
import type { Request } from '../http/app.ts'
import { settingsOf, type Env } from '../lib/env.ts'
import { otherNameOf } from './home.rules.ts'

/** The origin that this request came to, when it is another name of ours than APP_URL; null: it is APP_URL's, or none of ours. */
export function homeOf(c: Request): string | null {
  return otherNameOf(c.req.url, settingsOf(c.env))
}

/** To a page of ours, with what tells a payment from a way back. A portal's frame cannot hold a gateway's page: that one opens beside it, and is closed after. */
export function wayBack(
  env: Env,
  { inFrame, home }: { inFrame: boolean; home: string | null },
  page: string,
  { paid, left }: { paid: string; left: string },
): { returnUrl: string; cancelUrl: string } {
  const { appUrl } = settingsOf(env)
  if (inFrame) return { returnUrl: `${appUrl}/billing/returned`, cancelUrl: `${appUrl}/billing/returned` }
  const place = `${home ?? appUrl}${page}`
  return { returnUrl: `${place}${paid}`, cancelUrl: `${place}${left}` }
}
