/** What Gupshup tells of an app's number, and where it sends its hooks: reference/gupshup.md §3 and §4. */
import type { Line, NumberDetails, Told, Wire } from '../channel.ts'
import type { Answer } from '../../lib/ask.ts'
import { fieldsOf, idOf, listOf, nameOf, numberOf as amountOf, textOf } from '../../lib/untrusted.ts'
import { gupshupOf } from './api.ts'
import { askFor, isGood, refused } from './app.ts'
import { readProfile } from './profile.ts'

const QUALITY = { GREEN: 'high', YELLOW: 'medium', RED: 'low' } as const
/** Statuses are off unless they are asked for (§4). */
const MODES = 'MESSAGE,SENT,DELIVERED,READ,FAILED,ENQUEUED,TEMPLATE,ACCOUNT,BILLING,OTHERS'
/** The number that Gupshup lends to apps which have none yet (§9). */
const SANDBOX_PHONE = '917834811114'
const SILENT = {
  ...{ phone: null, name: null, state: null, quality: null, limit: null, throughput: null },
  ...{ account: null, hosting: null, verification: null, canSend: null },
}

export async function details(line: Line, wire: Wire): Promise<Told<NumberDetails>> {
  const subscriptions = await askFor(line, wire, 'subscription', { method: 'GET' })
  if (!isGood(subscriptions)) return refused(subscriptions)
  const { appId, access } = gupshupOf(line)
  const isPartner = access === 'partner'
  const isSandbox = line.phone === SANDBOX_PHONE
  // Only a partner's token is told how account and wallet do; an app in the sandbox has no account.
  const ask = (what: string) => (isPartner && !isSandbox ? askFor(line, wire, what, { method: 'GET' }) : null)
  const [account, wallet, usage, profile] = await Promise.all([
    ask('waba/info'),
    ask('wallet/balance'),
    ask(`usage?from=${dayBefore(30)}&to=${dayBefore(0)}`),
    readProfile(line, wire),
  ])
  if (account && !isGood(account)) return refused(account)
  const about = account ? numberOf(account.json) : SILENT
  return {
    ok: true,
    value: {
      number: {
        ...about,
        sandbox: isSandbox || about.phone === SANDBOX_PHONE,
        // A key of the account and a token of the app both open this app alone: that it answers says that it exists.
        app: {
          id: idIn(subscriptions.json) ?? appId,
          name: usage && isGood(usage) ? appNameIn(usage.json) : null,
          partner: isPartner,
        },
        wallet: wallet && isGood(wallet) ? walletOf(wallet.json) : null,
      },
      hooks: subscribed(subscriptions.json).map(({ url }) => url),
      profile,
    },
  }
}

/** The app's id as Gupshup writes it on each subscription. */
function idIn(json: unknown): string | undefined {
  return idOf(fieldsOf(listOf(fieldsOf(json).subscriptions)[0]).appId, 64)
}

/** What an app is called stands on its bill alone: one that has not written yet has none. */
function appNameIn(json: unknown): string | null {
  return nameOf(fieldsOf(listOf(fieldsOf(json).partnerAppUsageList)[0]).appName) ?? null
}

const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

function walletOf(json: unknown): NumberDetails['number']['wallet'] {
  const given = fieldsOf(fieldsOf(json).walletResponse)
  const balance = amountOf(given.currentBalance)
  if (balance === undefined) return null
  return { currency: nameOf(given.currency, 3) ?? 'USD', balance, overdraft: Math.max(0, -(amountOf(given.overDraftLimit) ?? 0)) }
}

function numberOf(json: unknown): Omit<NumberDetails['number'], 'sandbox' | 'app' | 'wallet'> {
  const info = fieldsOf(fieldsOf(json).wabaInfo)
  const quality = nameOf(info.phoneQuality, 20)
  const id = idOf(info.wabaId, 40)
  return {
    phone: textOf(info.phone)?.replaceAll(/\D/g, '') || null,
    name: nameOf(info.verifiedName) ?? null,
    state: nameOf(info.accountStatus, 40) ?? null,
    quality:
      quality === undefined
        ? null
        : quality === 'GREEN' || quality === 'YELLOW' || quality === 'RED'
          ? QUALITY[quality]
          : 'unknown',
    limit: nameOf(info.messagingLimit, 40) ?? null,
    throughput: nameOf(info.throughput, 40) ?? null,
    account: id === undefined ? null : { id, name: null },
    hosting: null,
    verification: null,
    canSend: nameOf(info.canSendMessage, 20) ?? null,
  }
}

type Subscribed = { id: string; url: string }

function subscribed(json: unknown): Subscribed[] {
  return listOf(fieldsOf(json).subscriptions).flatMap((each) => {
    const { id, url, active } = fieldsOf(each)
    const [name, address] = [idOf(id), textOf(url)]
    return name && address && active !== false ? [{ id: name, url: address }] : []
  })
}

/**
 * A subscription that Gupshup probes before it takes it: its "yes" proves the way there and back. Ours of before go
 * only after that, so nothing is missed; what is not ours is never touched. While both stand, events come twice, which
 * their ids make harmless.
 */
export async function connectHook(line: Line, wire: Wire, url: string): Promise<Told<null>> {
  const before = await askFor(line, wire, 'subscription', { method: 'GET' })
  if (!isGood(before)) return refused(before)
  const version = gupshupOf(line).access === 'partner' ? '3' : '2'
  const form = {
    modes: MODES,
    tag: `wb24${Date.now().toString(36)}`,
    url,
    version,
    showOnUI: 'false',
    active: 'true',
    doCheck: 'true',
  }
  const made = await askFor(line, wire, 'subscription', { method: 'POST', body: new URLSearchParams(form).toString() })
  if (!isGood(made)) return { ok: false, error: subscriptionError(made) }
  for (const old of subscribed(before.json).filter((each) => each.url === url))
    await askFor(line, wire, `subscription/${encodeURIComponent(old.id)}`, { method: 'DELETE' })
  return { ok: true, value: null }
}

function subscriptionError(answer: Answer) {
  const { error } = refused(answer)
  if (!answer.came || answer.status !== 400) return error
  return { ...error, code: /maximum/i.test(answer.text) ? ('hook_slots_full' as const) : ('hook_refused' as const) }
}
