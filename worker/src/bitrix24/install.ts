/** The installer's page, and the application's own: who opens them is found out, kept, and signed in. */
import * as z from 'zod'
import type { Language } from '#contract/ids.ts'
import type { Request } from '../http/app.ts'
import { readBody } from '../http/body.ts'
import { pageOf } from '../http/pages.ts'
import { newToken, tokenHash } from '../identity/index.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { errorText, log } from '../lib/log.ts'
import { Refusal } from '../lib/refusal.ts'
import { openWords, signWords } from '../lib/signed-link.ts'
import { databaseOf } from '../lib/sql.ts'
import type { Card } from './card/card.ts'
import { sealCard } from './card/ticket.ts'
import { FIRST_NUMBER, frameOf, type Frame } from './frame.ts'
import { typedCode } from './link-code.rules.ts'
import { dataBlock, frameHeaders, installerPage, sentencePage } from './pages.ts'
import * as store from './portals.store.ts'
import { installerOf, settle, type Installer, type Settled } from './settle.ts'
import { portalOf } from './surroundings.ts'
import { vouch, type Arrival } from './vouch.ts'
import { languageOf, wordsIn } from './words.ts'

const CHOICE_MS = 3_600_000
/** As long as the session of a frame may last at most; it ends earlier when the session does. */
const FRAME_MS = 30 * 86_400_000

type Opened = {
  arrival: Arrival
  installer: Installer
  language: Language
  origin: string
  portalId: string | null
  card: Card | null
  go: string | null
  line: number | null
}

/** What the page says when the frame is not what it claims, or nobody can be asked. */
function say(
  c: Request,
  { lang, origin }: Pick<Frame, 'lang' | 'origin'>,
  what: Parameters<typeof sentence>[1],
  status: 200 | 400 | 403 | 503,
) {
  const language = languageOf(lang)
  return c.body(sentencePage(c.env, language, sentence(language, what)), status, frameHeaders(c.env, origin))
}

function sentence(language: Language, what: 'refused' | 'away' | 'denied' | 'notAdmin' | 'noAccess' | 'noApplication'): string {
  return wordsIn(language)[what]
}

/** Finds out who opens a page of ours, and keeps what an administrator brings. */
async function open(c: Request): Promise<Opened | Response> {
  const frame = await frameOf(c)
  if (!frame?.origin) return say(c, frame ?? { lang: null, origin: null }, 'refused', 400)
  const vouched = await vouch(c.env, frame.claim, Date.now())
  if (!vouched.ok) {
    log('warn', { event: 'portal_not_vouched', trace: c.var.traceId, code: vouched.code })
    if (vouched.code === 'no_application') return say(c, frame, 'noApplication', 400)
    return say(c, frame, vouched.why, vouched.why === 'away' ? 503 : 403)
  }
  const { arrival, timeZone } = vouched
  const { portalId } = await portalOf(c.env, arrival).arrive(arrival)
  const language = languageOf(frame.lang)
  return {
    arrival,
    installer: installerOf(arrival, language, timeZone),
    language,
    origin: frame.origin,
    portalId,
    card: frame.card,
    go: frame.go,
    line: frame.line,
  }
}

/** What proves who chooses, for an hour: nobody else's portal can be claimed with it. */
function ticketOf(c: Request, { appId, memberId, ...rest }: Installer): Promise<string> {
  const words = [appId, memberId, JSON.stringify(rest)]
  return signWords('portal choice', words, Date.now() + CHOICE_MS, settingsOf(c.env).keyring)
}

async function showSettled(c: Request, { installer, language, origin }: Opened, settled: Settled): Promise<Response> {
  if (settled.state === 'refused') return say(c, { lang: language, origin }, 'noApplication', 400)
  const ticket = settled.state === 'choose' ? await ticketOf(c, installer) : null
  const isComplete = settled.state === 'known' && settled.isComplete
  return c.body(installerPage(c.env, language, ticket, isComplete), 200, frameHeaders(c.env, origin))
}

/** `POST /bitrix24/install`: everything is registered, and the portal is told that we are done. */
export async function install(c: Request): Promise<Response> {
  const opened = await open(c)
  if (opened instanceof Response) return opened
  if (!opened.arrival.user.isAdmin) return say(c, { lang: opened.language, origin: opened.origin }, 'notAdmin', 403)
  return showSettled(c, opened, await settle(c.env, opened.installer, null))
}

const Choice = z.object({
  ticket: z.string(),
  code: z.optional(z.string().check(z.maxLength(40))),
  begins: z.optional(z.literal(true)),
})
const Rest = z.object({
  domain: z.string(),
  userId: z.string(),
  name: z.string(),
  language: z.enum(['es', 'en', 'pt']),
  timeZone: z.nullable(z.string()),
  facts: z.nullable(z.looseObject({})),
})

/** `POST /bitrix24/install/choice`: whose the portal is, said by the administrator who installs. Refuses link_spent. */
export async function choose(c: Request): Promise<Response> {
  const body = new TextDecoder().decode(await readBody(c.req.raw, 20_000, 10_000))
  const choice = Choice.safeParse(jsonIn(body)).data
  const [appId, memberId, rest] =
    (choice && (await openWords('portal choice', choice.ticket, Date.now(), settingsOf(c.env).keyring))) ?? []
  if (!choice || typeof memberId !== 'string' || typeof rest !== 'string') throw new Refusal('bad_request', { where: 'ticket' })
  const installer: Installer = { appId: typeof appId === 'string' ? appId : null, memberId, ...Rest.parse(JSON.parse(rest)) }
  const code = choice.code === undefined ? null : typedCode(choice.code)
  if (choice.code !== undefined && code === null) throw new Refusal('link_spent')
  if (code === null && !choice.begins) throw new Refusal('bad_request', { where: 'code' })
  const settled = await settle(c.env, installer, code === null ? { begins: true } : { code: toHex(await sha256(code)) })
  if (settled.state === 'refused') throw new Refusal(settled.code)
  return c.json({ complete: settled.state === 'known' && settled.isComplete })
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `POST /bitrix24/app`: the application in the portal's frame, signed in as who opened it. */
export async function openApp(c: Request): Promise<Response> {
  const opened = await open(c)
  if (opened instanceof Response) return opened
  const { arrival, installer, language, origin, card, go } = opened
  const here = { lang: language, origin }
  const settled: Settled =
    opened.portalId === null
      ? await settle(c.env, installer, null)
      : { state: 'known', portalId: opened.portalId, isComplete: true }
  if (settled.state !== 'known') return arrival.user.isAdmin ? showSettled(c, opened, settled) : say(c, here, 'notAdmin', 403)
  const token = newToken()
  const user = { ...arrival.user, language }
  const agent = c.req.header('user-agent') ?? ''
  const entered = await store.enters(databaseOf(c.env), settled.portalId, user, await tokenHash(token), agent)
  if ('refusal' in entered) return noAccess(c, here, settled.portalId)
  const { appId, memberId, grant } = arrival
  const by = { appId, memberId, personId: entered.personId, access: grant.access, until: grant.expiresAt }
  const at = {
    card: card && (await sealCard(c.env, { ...card, ...by })),
    line: opened.line === null ? null : `${settled.portalId}|${opened.line}`,
  }
  // Nothing is to be read where no number is yet: who may add the first one is led there.
  return appPage(c, opened, { token, go: go ?? (entered.isBare ? FIRST_NUMBER : null), ...at })
}

/** Nobody has let this employee in: whom to ask for it is said by name. */
async function noAccess(c: Request, { lang, origin }: { lang: Language; origin: string }, portalId: string): Promise<Response> {
  const names = await store.whomToAsk(databaseOf(c.env), portalId)
  const words = wordsIn(lang)
  const told =
    names.length > 0 ? words.noAccessAsk(new Intl.ListFormat(lang, { type: 'disjunction' }).format(names)) : words.noAccess
  return c.body(sentencePage(c.env, lang, told), 403, frameHeaders(c.env, origin))
}

/**
 * What a page in a frame is given. `card`: opens the card of the CRM that it is a tab of; `line`: the open line that it is about;
 * `go`: the page that a link led to.
 */
type Given = { token: string; card: string | null; line: string | null; go: string | null }

/** The app's own page with the session of who opened it: a bearer for this frame alone, and no cookie. */
async function appPage(
  c: Request,
  { origin, language }: Pick<Opened, 'origin' | 'language'>,
  given: Given | null,
): Promise<Response> {
  if (!c.env.ASSETS) throw new Refusal('not_found')
  const shell = await pageOf(new globalThis.Request(new URL('/', c.req.url)), c.env.ASSETS)
  const html = await shell.text()
  const sign = (purpose: 'frame files' | 'frame page', words: string[]) =>
    signWords(purpose, words, Date.now() + FRAME_MS, settingsOf(c.env).keyring)
  const { over, open: exitOpen, openAgain, notOpened, close } = wordsIn(language)
  const data = dataBlock(
    'frame',
    given
      ? {
          ...given,
          ticket: await sign('frame files', [await tokenHash(given.token)]),
          again: await sign('frame page', [origin, language]),
          exit: { open: exitOpen, openAgain, notOpened, close },
          over,
        }
      : { over },
  )
  // Asked without the bearer it would only say that nobody is here.
  const page = html
    .replace(/<link[^>]*href="\/api\/session"[^>]*>/, '')
    .replace('<head>', () => `<head>${data}<script src="/frame.js"></script>`)
  return c.body(page, 200, frameHeaders(c.env, origin))
}

/**
 * A page in a frame that is loaded again: its address says in whose (`f`, which we signed when it was opened), and what it was given
 * then is in its own tab. Null: this is no such page.
 */
export async function reloaded(c: Request): Promise<Response | null> {
  const again = c.req.query('f')
  if (again === undefined) return null
  const [origin, language] = (await openWords('frame page', again, Date.now(), settingsOf(c.env).keyring)) ?? []
  return typeof origin === 'string' && typeof language === 'string'
    ? appPage(c, { origin, language: languageOf(language) }, null)
    : null
}

/** A page of ours that cannot be made is a sentence too: a frame with JSON in it helps nobody. */
export async function orSentence(c: Request, work: (c: Request) => Promise<Response>): Promise<Response> {
  try {
    return await work(c)
  } catch (error) {
    log('error', { event: 'portal_page_failed', trace: c.var.traceId, error: errorText(error) })
    return say(c, { lang: c.req.query('LANG') ?? null, origin: null }, 'away', 503)
  }
}
