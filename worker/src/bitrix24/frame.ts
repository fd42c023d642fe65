/** What a portal posts when it opens a page of ours in a frame (reference/bitrix24.md §2.3). */
import * as z from 'zod'
import { readBody } from '../http/body.ts'
import type { Request } from '../http/app.ts'
import { readPhpForm } from './php-form.rules.ts'
import { cardIn, jsonIn, type Card } from './card/card.ts'
import { hostsOf } from './surroundings.ts'
import { asMap, asNumber } from './rest/answers.ts'
import { portalOf as addressOf } from './rest/hosts.rules.ts'
import type { Claim } from './vouch.ts'

const MAX_BYTES = 100_000
const BODY_MS = 10_000

const Posted = z.looseObject({
  REFRESH_ID: z.string().check(z.minLength(1), z.maxLength(2_000)),
  member_id: z.string().check(z.regex(/^[\w-]{1,100}$/)),
  SERVER_ENDPOINT: z.optional(z.string()),
  APPLICATION_TOKEN: z.optional(z.string()),
  PLACEMENT: z.optional(z.string()),
  PLACEMENT_OPTIONS: z.optional(z.string()),
})
const AppKey = z.nullable(z.uuid())

/** `card`: of the CRM, where the frame is a tab of it. */
export type Frame = {
  claim: Claim
  lang: string | null
  origin: string | null
  card: Card | null
  /** The page of ours that a link in the portal leads to. */
  go: string | null
  /** The open line of whose connector this is the page (a slider of the Contact Center). */
  line: number | null
}

/** The key of a local application in an address of ours; undefined: it is no key. */
export function appKeyOf(c: Request): string | null | undefined {
  return AppKey.safeParse(c.req.query('app') ?? null).data
}

/** What this frame claims to be; null: it is no frame. Nobody was asked yet. */
export async function frameOf(c: Request): Promise<Frame | null> {
  const body = await readBody(c.req.raw, MAX_BYTES, BODY_MS)
  const posted = Posted.safeParse(readPhpForm(new TextDecoder().decode(body)))
  const appId = appKeyOf(c)
  const domain = (c.req.query('DOMAIN') ?? '').toLowerCase()
  if (!posted.success || appId === undefined) return null
  const {
    REFRESH_ID: refresh,
    member_id: memberId,
    SERVER_ENDPOINT,
    APPLICATION_TOKEN,
    PLACEMENT,
    PLACEMENT_OPTIONS,
  } = posted.data
  const claim = { appId, memberId, domain, refresh, serverEndpoint: SERVER_ENDPOINT ?? null }
  return {
    claim: { ...claim, applicationToken: APPLICATION_TOKEN || null },
    lang: c.req.query('LANG') ?? null,
    origin: addressOf(domain, hostsOf(c.env)),
    card: cardIn(PLACEMENT, PLACEMENT_OPTIONS),
    go: pageIn(PLACEMENT_OPTIONS),
    line: PLACEMENT === 'SETTING_CONNECTOR' ? lineIn(PLACEMENT_OPTIONS) : null,
  }
}

/** Where an administrator adds a number and puts it on an open line. */
export const FIRST_NUMBER = '/settings/bitrix24'

/** Pages that a link may name, by words that never change: `…/marketplace/view/CODE/?params[page]=settings`. */
const PAGES: Record<string, string> = {
  chats: '/chats',
  contacts: '/contacts',
  settings: '/settings',
  bitrix24: FIRST_NUMBER,
  numbers: '/settings/channels',
}

/** `chat`: a chat of ours by its id; `page`: one of the above. Whatever else is asked for is the app as it begins. */
export function pageIn(options: string | undefined): string | null {
  const { chat, page } = asMap(jsonIn(options ?? ''))
  const chatId = z.uuid().safeParse(chat)
  if (chatId.success) return `/chats/${chatId.data}`
  return typeof page === 'string' && Object.hasOwn(PAGES, page) ? (PAGES[page] ?? null) : null
}

/** The line that a connector's settings were opened for; 0: the portal does not say. */
function lineIn(options: string | undefined): number {
  return asNumber(asMap(jsonIn(options ?? ''))['LINE'])
}
