/**
 * One number in this node: it opens the line to WhatsApp, keeps it open, journals what comes and sends what it is given.
 * It decides nothing about business, and knows nothing that a death could take: docs/sessions.md.
 */
import { isDeepStrictEqual } from 'node:util'
import { jidNormalizedUser } from 'baileys'
import type { BaileysEventMap, BinaryNode, SocketConfig, WASocket } from 'baileys'
import type { Ask, KeyRow, Plan, SendOrder, Standing, Write } from '#contract/session-node.ts'
import { facesIn, peopleIn } from './address-book.rules.ts'
import { answerAsk } from './asks.ts'
import { makeCaches } from './caches.ts'
import { meOf, messageIn, openedPiece, receiptPiece, shellPiece } from './journal.ts'
import { KeyKeeper } from './keys.ts'
import type { Done, Keeper, SessionLink } from './link.ts'
import { Orders } from './orders.ts'
import { PastReader } from './past.ts'
import { CODE_MS, openSocket } from './socket.ts'
import { afterEnd, FRESH, lookAt, nowUp, sooner } from './supervisor.rules.ts'
import type { Course, Ended, Signs } from './supervisor.rules.ts'
import { crowdOf, identityTold, missedCallTold, typingTold } from './translate.rules.ts'
import type { Told } from './translate.rules.ts'
import { Unread } from './unread.ts'
import { fieldsOf, numberOf } from './untrusted.rules.ts'

export type NumberOptions = {
  whatsappUrl: string
  token: string
  logger: SocketConfig['logger']
  /** Factor of every wait: contract/session-node.ts. */
  timeScale: number
  /** The newest version of WhatsApp Web, asked for when the one we have is refused; null: unknown. */
  newestVersion(): Promise<SocketConfig['version'] | null>
  /** When this number's turn to connect comes, in milliseconds from now. */
  turnMs(): number
  /** It is kept here no more. */
  over(): void
}
type Rope = Pick<SessionLink, 'write' | 'keys' | 'kept' | 'leave'> & Partial<Pick<SessionLink, 'typing'>>

const WATCH_MS = 5_000

export class NumberKeeper implements Keeper {
  private readonly options: NumberOptions
  private readonly caches = makeCaches()
  private rope: Rope | null = null
  private keys: KeyKeeper | null = null
  private socket: WASocket | null = null
  private plan_: Plan = { do: 'connect' }
  private course: Course = FRESH
  private signs: Signs | null = null
  private ending: Ended | null = null
  private version: SocketConfig['version'] | null = null
  private codes = 0
  private isOver = false
  private next: NodeJS.Timeout | undefined
  private readonly watch: NodeJS.Timeout
  private readonly orders = new Orders()
  private readonly unread: Unread
  private readonly past = new PastReader()

  constructor(options: NumberOptions) {
    this.options = options
    this.unread = new Unread(options.timeScale)
    this.watch = setInterval(() => this.look(), WATCH_MS * options.timeScale)
  }

  /** The link that tells it what to do: before anything else. */
  attach(rope: Rope): void {
    this.rope = rope
  }

  begin(plan: Plan, rows: KeyRow[]): void {
    if (!this.rope) return
    this.hangUp()
    this.keys = new KeyKeeper(this.rope, rows)
    this.course = FRESH
    void this.follow(plan)
  }

  /** Another way to link, asked for while the link was away. A number that is linked goes on as it is. */
  resumed(plan: Plan): void {
    if (plan.do === 'link' && !isDeepStrictEqual(plan, this.plan_)) this.plan(plan)
  }

  plan(plan: Plan): void {
    this.hangUp()
    this.course = FRESH
    void this.follow(plan)
  }

  send(id: string, order: SendOrder, again: boolean): void {
    this.orders.add(id, order, again)
  }

  async ask(ask: Ask): Promise<Done> {
    const { socket, keys } = this
    if (!socket || !keys || this.signs?.readyAt === null) return { ok: false, code: 'session_away' }
    return answerAsk(this.senderOf(socket, keys), ask)
  }

  stop(): void {
    void this.finish()
  }

  /** Finishes what is under way, writes it, and gives the number back. */
  async finish(): Promise<void> {
    await this.orders.rest()
    this.hangUp()
    await this.keys?.durable().catch(() => undefined)
    await this.rope?.leave()
    this.end()
  }

  lost(): void {
    this.hangUp()
    this.keys = null
    this.orders.forget()
    this.unread.forget()
  }

  over(): void {
    this.end()
  }

  private end(): void {
    if (this.isOver) return
    this.isOver = true
    this.hangUp()
    this.unread.forget()
    clearInterval(this.watch)
    this.options.over()
  }

  private async follow(plan: Plan): Promise<void> {
    const { keys } = this
    if (!keys) return
    this.plan_ = plan
    // A half of a link is worth nothing: each window begins with keys of its own.
    if (plan.do === 'link' && !isLinked(keys)) await this.renew(keys)
    if (plan.do === 'connect' && !isLinked(keys)) return this.say({ state: 'unlinked', code: 'session_unlinked' })
    this.dialIn(this.options.turnMs())
  }

  private async renew(keys: KeyKeeper): Promise<void> {
    if (!this.rope) return
    await keys.forget().catch(() => undefined)
    if (this.keys === keys) this.keys = new KeyKeeper(this.rope, [])
  }

  private dialIn(ms: number): void {
    clearTimeout(this.next)
    this.next = setTimeout(() => this.dial(), ms)
  }

  private dial(): void {
    const { keys, caches, version } = this
    const { logger, whatsappUrl, timeScale } = this.options
    if (!keys) return
    this.hangUp()
    this.codes = 0
    this.signs = { startedAt: Date.now(), shownAt: null, openAt: null, readyAt: null, stuckSince: null, flushedAt: null }
    const socket = openSocket({
      ...{ keys, caches, logger, whatsappUrl, version, timeScale },
      opened: (stanza, message) => {
        const me = meOf(keys.creds)
        this.heardAll()
        this.unread.opened(stanza)
        return me ? openedPiece(stanza, message, me) : {}
      },
      had: async ({ attrs: { id = '', from, recipient } }) => {
        const kept = await this.rope?.kept(id)
        return kept?.jid === jidNormalizedUser(recipient ?? from) ? messageIn(kept.proto) : undefined
      },
      heard: (stanza) => this.heardAside(keys, stanza),
      unopened: (stanza) => this.unread.failed(stanza, keys, () => this.heardAside(keys, stanza)),
      messageOf: async (waId) => {
        const kept = await this.rope?.kept(waId)
        return kept ? messageIn(kept.proto) : undefined
      },
      refused: (status) => this.endWith({ how: 'refused', status }),
    })
    this.socket = socket
    // A socket that was hung up may still say something: nobody listens.
    socket.ev.process((events) => {
      if (this.socket === socket) this.heard(socket, keys, events)
    })
    this.listen(socket, keys)
  }

  private heard(socket: WASocket, keys: KeyKeeper, events: Partial<BaileysEventMap>): void {
    const update = events['connection.update']
    if (update?.qr) void this.showCode(socket, keys, update.qr)
    if (update?.connection === 'open' && this.signs) this.signs.openAt = Date.now()
    if (update?.receivedPendingNotifications) this.ready(socket, keys)
    if (update?.connection === 'close') void this.closed(codeOf(update.lastDisconnect?.error))
    for (const { lid, pn } of [events['lid-mapping.update'] ?? []].flat()) this.tell(identityTold(lid, pn, Date.now()))
    for (const call of events['call'] ?? []) {
      const { id, from, callerPn, date, isVideo = false, isGroup, status } = call
      if (status === 'timeout') this.tell(missedCallTold({ id, from, callerPn, isVideo, isGroup, at: date.getTime() }))
    }
    if (events['messages.upsert']) this.heardAll()
    const faces = facesIn(events['contacts.update'] ?? [])
    if (faces.length > 0) keys.add({ faces })
    // Beside the ratchet's stream: it may be thousands.
    for (const people of peopleIn(events['contacts.upsert'] ?? [])) void this.rope?.write({ people }).catch(() => undefined)
  }

  /** Ticks, and shells of messages. */
  private heardAside(keys: KeyKeeper, stanza: BinaryNode): Omit<Write, 'keys'> {
    const me = meOf(keys.creds)
    if (!me) return {}
    return stanza.tag === 'receipt' ? receiptPiece(stanza, me) : shellPiece(stanza, me)
  }

  /** What the library tells nobody: WhatsApp's word on what we sent, and that a message has come. */
  private listen(socket: WASocket, keys: KeyKeeper): void {
    const { ws } = socket
    ws.on('CB:message', ({ attrs }: BinaryNode) => {
      if (this.signs) this.signs.stuckSince ??= Date.now()
      const crowd = crowdOf(attrs['from'])
      if (crowd && this.socket === socket) keys.add({ ignored: { [crowd]: 1 } })
    })
    ws.on('CB:chatstate', ({ attrs, content }: BinaryNode) => {
      const me = meOf(keys.creds)
      const [state] = Array.isArray(content) ? content : []
      const told = me && typingTold(attrs['from'], state && { tag: state.tag, media: state.attrs['media'] }, me)
      if (told && this.socket === socket) this.rope?.typing?.(told)
    })
    ws.on('CB:ack,class:message', ({ attrs }: { attrs: Record<string, string | undefined> }) =>
      this.orders.acknowledged(keys, attrs['id'] ?? '', attrs['error'], attrs['from']),
    )
  }

  private heardAll(): void {
    if (this.signs) Object.assign(this.signs, { stuckSince: null, flushedAt: null })
  }

  private async showCode(socket: WASocket, keys: KeyKeeper, text: string): Promise<void> {
    if (this.signs) this.signs.shownAt = Date.now()
    const lastsMs = (this.codes === 0 && this.options.timeScale === 1 ? CODE_MS[0] : CODE_MS[1]) * this.options.timeScale
    this.codes += 1
    const { plan_: plan } = this
    if (plan.do !== 'link' || plan.way === 'qr' || !plan.phone) return this.say({ state: 'linking', qr: { text, lastsMs } })
    // The code stays the same while the window is open.
    if (this.codes > 1) return
    const pairingCode = await socket.requestPairingCode(plan.phone)
    if (this.keys === keys) this.say({ state: 'linking', pairingCode })
  }

  private ready(socket: WASocket, keys: KeyKeeper): void {
    const me = meOf(keys.creds)
    if (this.signs) this.signs.readyAt = Date.now()
    this.course = nowUp(this.course, Date.now())
    if (me) this.say({ state: 'open', code: null, me: { ...me, name: keys.creds.me?.name ?? null } })
    this.orders.open(this.senderOf(socket, keys))
  }

  private async closed(code: number): Promise<void> {
    const { keys } = this
    const ended = this.ending ?? { how: 'closed', code }
    this.hangUp()
    if (!keys) return
    const next = sooner(afterEnd(ended, isLinked(keys), this.course, Date.now(), Math.random()), this.options.timeScale)
    this.course = next.course
    if (next.do === 'rest' && next.forget) await this.renew(keys)
    this.say(next.standing)
    if (next.do === 'rest') return
    if (next.newVersion) this.version = await this.options.newestVersion()
    this.dialIn(next.inMs + this.options.turnMs())
  }

  private look(): void {
    const { socket, signs } = this
    if (!socket || !signs) return
    const { timeScale } = this.options
    if (this.orders.isStuck(Date.now(), timeScale)) return this.endWith({ how: 'stuck' })
    const verdict = lookAt(signs, Date.now(), timeScale)
    if (verdict === 'end') this.endWith({ how: 'stuck' })
    if (verdict !== 'flush') return
    signs.flushedAt = Date.now()
    socket.ev.flush()
  }

  private endWith(ended: Ended): void {
    this.ending = ended
    void this.socket?.end(new Error(ended.how))
  }

  private hangUp(): void {
    const { socket } = this
    clearTimeout(this.next)
    this.socket = null
    this.signs = null
    this.ending = null
    this.past.forget()
    this.orders.close()
    void socket?.end(undefined)
  }

  private say(standing: Standing): void {
    this.keys?.add({ standing })
  }

  private tell(told: readonly Told[]): void {
    if (told.length > 0) this.keys?.add({ events: told.map(({ name, event }) => ({ name, event: { ...event } })) })
  }

  private senderOf(socket: WASocket, keys: KeyKeeper) {
    const kept = async (waId: string) => (await this.rope?.kept(waId)) ?? null
    return { socket, keys, kept, past: this.past, logger: this.options.logger, token: this.options.token }
  }
}

/** Signed by a phone: that a name is there says only that a code was asked for (reference/baileys.md §5.2). */
function isLinked({ creds }: KeyKeeper): boolean {
  return Boolean(creds.account)
}

function codeOf(error: unknown): number {
  return numberOf(fieldsOf(fieldsOf(error)['output'])['statusCode']) ?? 500
}
