/** What a Session object knows of its number beside keys and messages: whose it is, who runs it, how it stands. */
import type { Ignored, Plan, Standing } from '#contract/session-node.ts'
import { fleetOf } from './fleet.rules.ts'
import type { Lease } from './lease.rules.ts'
import type { PastPlan } from './past-store.ts'
import type { SessionStore } from './session-store.ts'

export type Origin = { accountId: string; channelId: string; channelKey: string }
export type Me = NonNullable<Standing['me']>

/** How a number stands, for people. Times in milliseconds since 1970. */
export type SessionNow = {
  rev: number
  standing: Standing
  since: number
  /** Until when the QR or the code holds. */
  until: number | null
  /** When it tries again by itself. */
  againAt: number | null
  me: Me | null
  linkedAt: number | null
  /** The program that runs it. */
  node: string | null
  /** The company's own program that shall run it. */
  place: string | null
  /** What came that is nobody's chat. */
  ignored: Ignored
}

type Stood = { standing: Standing; since: number; until: number | null; againAt: number | null }
type Node = { id: string; name: string }

const NOT_LINKED: Stood = { standing: { state: 'unlinked' }, since: 0, until: null, againAt: null }
/** WhatsApp takes a pairing code for about this long. */
const CODE_MS = 160_000

/** Values of the object's own making: what it wrote is what it reads. */
function read<T>(store: SessionStore, k: string, fallback: T): T {
  const value: T | null = JSON.parse(store.get(k) ?? 'null')
  return value ?? fallback
}

export class SessionFacts {
  private readonly store: SessionStore
  rev = Date.now()

  constructor(store: SessionStore) {
    this.store = store
  }

  get origin(): Origin | null {
    return read<Origin | null>(this.store, 'origin', null)
  }

  begin(origin: Origin): void {
    this.store.set('origin', origin)
  }

  get lease(): Lease | null {
    return read<Lease | null>(this.store, 'lease', null)
  }

  get epoch(): number {
    return this.lease?.epoch ?? 0
  }

  own(lease: Lease): void {
    this.store.set('lease', lease)
  }

  heard(at: number): void {
    const { lease } = this
    if (lease && at > lease.heardAt) this.store.set('lease', { ...lease, heardAt: at })
  }

  left(): void {
    const { lease } = this
    if (lease) this.store.set('lease', { ...lease, left: true })
  }

  /** A link was open when this was last written. */
  get hasLink(): boolean {
    return read(this.store, 'hasLink', false)
  }

  set hasLink(is: boolean) {
    this.store.set('hasLink', is)
  }

  /** When what is old was last forgotten. */
  get sweptAt(): number {
    return read(this.store, 'sweptAt', 0)
  }

  set sweptAt(at: number) {
    this.store.set('sweptAt', at)
  }

  get assigned(): string | null {
    return read<Node | null>(this.store, 'node', null)?.id ?? null
  }

  assign(node: Node | null): void {
    this.store.set('node', node)
  }

  /** The company's own program that shall run it; null: our servers. */
  get place(): string | null {
    return read<string | null>(this.store, 'place', null)
  }

  /** Whose programs run it: the company's own, or ours. */
  get owner(): string | null {
    return this.origin && fleetOf(this.origin.accountId, this.place)
  }

  set place(nodeId: string | null) {
    this.store.set('place', nodeId)
  }

  get planNow(): Plan {
    return this.isLinked ? { do: 'connect' } : read<Plan>(this.store, 'plan', { do: 'link', way: 'qr', phone: null })
  }

  plan(plan: Plan): void {
    this.store.set('plan', plan)
  }

  get me(): Me | null {
    return read<Me | null>(this.store, 'me', null)
  }

  get isLinked(): boolean {
    return this.me !== null
  }

  linkedAs(me: Me): void {
    if (!this.isLinked) this.store.set('linkedAt', Date.now())
    this.store.set('me', me)
  }

  /** The number that the house has been told of. */
  get linkTold(): string | null {
    return read<string | null>(this.store, 'linkTold', null)
  }

  set linkTold(phone: string) {
    this.store.set('linkTold', phone)
  }

  /** The link is over, and with it the epoch in which it was run. */
  unlinked(): void {
    this.store.set('me', null)
    this.store.set('linkTold', null)
    this.store.set('linkedAt', null)
    this.store.set('ended', this.epoch)
  }

  /** Is the link that is run in this epoch still one? What the node of an ended one says of it is no news, and its keys open nothing. */
  isRun(epoch: number): boolean {
    return epoch > read(this.store, 'ended', 0)
  }

  private get stood(): Stood {
    return read(this.store, 'stood', NOT_LINKED)
  }

  get standing(): Standing {
    return this.stood.standing
  }

  /** When it last worked; null: it never did. Without its node, that is when the node was last heard. */
  get upUntil(): number | null {
    if (this.standing.state !== 'open') return read<number | null>(this.store, 'upUntil', null)
    return this.hasLink ? Date.now() : (this.lease?.heardAt ?? null)
  }

  /** It may be away from here on; asked again while it is, the first answer stands. */
  away(): void {
    if (this.store.get('awayFrom') === null) this.store.set('awayFrom', this.upUntil)
  }

  /** It is back: since when it was away, where that is known. */
  back(): number | null {
    const from = read<number | null>(this.store, 'awayFrom', null)
    this.store.set('awayFrom', null)
    return from
  }

  stand(standing: Standing, now: number): void {
    const before = this.stood
    const isSame = before.standing.state === standing.state
    if (before.standing.state === 'open' && !isSame) this.store.set('upUntil', now)
    const { me: _me, ...rest } = standing
    this.store.set('stood', {
      standing: rest,
      since: isSame ? before.since : now,
      until: standing.qr ? now + standing.qr.lastsMs : standing.pairingCode ? now + CODE_MS : null,
      againAt: standing.againInMs ? now + standing.againInMs : null,
    })
  }

  /** What the house was last told. */
  get problem(): string | null {
    return read<{ code: string | null }>(this.store, 'problem', { code: 'session_unlinked' }).code
  }

  set problem(code: string | null) {
    this.store.set('problem', { code })
  }

  /** What shall become of the phone's history. */
  get past(): PastPlan {
    return read<PastPlan>(this.store, 'past', { state: 'off', reach: 'month', since: 0 })
  }

  set past(plan: PastPlan) {
    this.store.set('past', plan)
  }

  /** When the phone was last asked for a picture, and how many of that day. */
  get photoAsked(): { at: number; today: number } {
    return read(this.store, 'photoAsked', { at: 0, today: 0 })
  }

  set photoAsked(asked: { at: number; today: number }) {
    this.store.set('photoAsked', asked)
  }

  turn(): void {
    this.rev += 1
  }

  /** Why nothing can leave just now; null: it can. */
  get waitsFor(): string | null {
    const { standing } = this.now()
    if (standing.state === 'open') return null
    return standing.code ?? (this.hasLink ? 'session_away' : 'session_no_node')
  }

  now(): SessionNow {
    const { standing, since, until, againAt } = this.stood
    // What the node said last holds as long as it is there to say something else.
    const isUnheard = standing.state === 'open' && !this.hasLink
    return {
      rev: this.rev,
      standing: isUnheard ? { state: 'reconnecting' } : standing,
      since: isUnheard ? (this.upUntil ?? since) : since,
      until,
      againAt,
      me: this.me,
      linkedAt: read<number | null>(this.store, 'linkedAt', null),
      node: read<Node | null>(this.store, 'node', null)?.name ?? null,
      place: this.place,
      ignored: this.store.ignored,
    }
  }
}
