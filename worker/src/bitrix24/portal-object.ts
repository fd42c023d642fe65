/**
 * The Portal object: one installation of our application. It alone holds the portal's tokens and refreshes them, it alone calls the
 * portal, and it stores every event before that is answered. Named after application and portal; docs/bitrix24.md tells the whole way.
 */
import { DurableObject } from 'cloudflare:workers'
import * as z from 'zod'
import { scaled, settingsOf, type Env } from '../lib/env.ts'
import { wakeJobs } from '../lib/jobs.ts'
import { errorText, log } from '../lib/log.ts'
import { Pump } from '../lib/pump.ts'
import { databaseOf } from '../lib/sql.ts'
import { sameSecret } from '../lib/same-secret.ts'
import { CallQueue, type Called, type Tried, type Wanted } from './call-queue.ts'
import { inRealTime, paceOf } from './call-pace.ts'
import { clientKept } from './kept-client.ts'
import { EmployeeLine } from './employee-line.ts'
import { keepPeople, type PeopleNews } from './employees-keep.ts'
import { PortalEvents } from './portal-events.ts'
import { Origin, PortalStore } from './portal-store.ts'
import { keepLines, openDoor } from './keep-lines.ts'
import { Leaving } from './leaving.ts'
import { lineLost } from './lines.store.ts'
import { tellHeld, waitsNow, type WaitsNow } from './outgoing/held.ts'
import { drainPortal } from './outgoing/portal-drain.ts'
import { keepTimeline } from './timeline/portal-timeline.ts'
import * as store from './portals.store.ts'
import { Registering } from './registering.ts'
import { NO_REST } from './rest/answers.ts'
import { askPortal, REST_MS } from './rest/client.ts'
import { planOf } from './rest/limits.rules.ts'
import { PortalHealth } from './portal-now.ts'
import { StillMissing } from './still-missing.ts'
import type { AppFacts } from './rest/verdicts.ts'
import { appInfo, refreshed } from './rest/oauth.ts'
import { afterCall, afterFacts, afterOauth, STATES, WELL, type Standing } from './standing.ts'
import { askerOf, hostsOf } from './surroundings.ts'
import { Tokens, withoutToken, type Access } from './tokens.ts'
import type { Arrival } from './vouch.ts'

export type EventVerdict = 'stored' | 'refused' | 'unknown'

const DAY_MS = 86_400_000
const RETRY_MS = 15_000
/** An installation that nobody says whose it is. */
const UNCLAIMED_MS = 7 * DAY_MS
const OAUTH_MS = 20_000
const HINT_MS = 60_000

const Stood = z.object({ state: z.enum(STATES), problem: z.nullable(z.string()) })
const Facts = z.looseObject({ license: z.string() })

export class PortalObject extends DurableObject<Env> {
  private readonly store: PortalStore
  private readonly tokens: Tokens
  private readonly queue: CallQueue
  private readonly employees: EmployeeLine
  private readonly events: PortalEvents
  private readonly health: PortalHealth
  private readonly missing: StillMissing
  private readonly registering: Registering
  private readonly leaving: Leaving
  private readonly telling = new Pump(
    () => this.tell(),
    (error) => this.delayed('portal_not_told', error),
  )
  /** Beside what is told: nobody's words wait for the CRM. */
  private readonly timeline = new Pump(
    () => this.goOnWith((portalId) => keepTimeline(this.env, portalId, (wanted) => this.call(wanted))),
    (error) => this.delayed('portal_timeline_not_told', error),
    // An entry is due a second after its word at the earliest.
    () => scheduler.wait(scaled(this.env, 1_000)),
  )

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.store = new PortalStore(ctx.storage, ctx.id.toString(), () => settingsOf(env).keyring)
    this.tokens = new Tokens(this.store, {
      refresh: (token) => this.refresh(token),
      now: () => Date.now(),
      sleep: (ms) => scheduler.wait(ms),
    })
    this.employees = new EmployeeLine(this.store, {
      keep: () => keepPeople(this.env, this.origin?.portalId ?? null, (wanted) => this.call(wanted)),
      ...{ now: () => Date.now(), wakeBy: (at) => this.alarmBy(at) },
    })
    this.events = new PortalEvents({
      ...{ env, store: this.store, hands: this, origin: () => this.origin, call: (wanted) => this.call(wanted) },
      ...{ wakeBy: (at) => this.alarmBy(at), delayed: (event, error) => this.delayed(event, error) },
    })
    this.missing = new StillMissing(this.store, (at) => this.alarmBy(at))
    this.registering = new Registering(env, this.store, (wanted) => this.call(wanted))
    this.leaving = new Leaving(env, this.store)
    this.health = new PortalHealth(this.store, this.missing)
    this.queue = new CallQueue({
      ...paceOf(
        () => settingsOf(env).timeScale,
        (wanted) => this.attempt(wanted),
      ),
      plan: () => planOf(this.store.get('facts', (value) => Facts.parse(value).license) ?? ''),
      turned: ({ why }) => {
        if (why === null && this.standing.state === 'overloaded') void this.stand(WELL)
      },
      held: (held) => this.ctx.waitUntil(tellHeld(this.env, this.origin?.portalId ?? null, held)),
    })
  }

  private get origin(): Origin | null {
    return this.store.get('origin', (value) => Origin.parse(value))
  }

  private get standing(): Standing {
    return this.store.get('standing', (value) => Stood.parse(value)) ?? WELL
  }

  // Coming and going -------------------------------------------------------------------------------------------------------

  /** Keeps what a frame or an event brought. The token that proves events is never erased by a page that has none. */
  async arrive(arrival: Arrival): Promise<{ portalId: string | null }> {
    const { appId, memberId, domain, oauth, user, grant, applicationToken, facts } = arrival
    await this.leaving.comesBack(Date.now())
    const before = this.origin
    const now = Date.now()
    this.store.set('origin', { appId, memberId, domain, oauth, since: before?.since ?? now, portalId: before?.portalId ?? null })
    if (facts) this.store.set('facts', facts)
    if (applicationToken) await this.store.setSecret('application_token', applicationToken)
    if (user.isAdmin) {
      await this.store.keep({ ...grant, userId: user.id, name: user.name, refreshedAt: now })
      await this.stand(facts ? afterFacts(facts) : WELL)
    }
    await this.alarmBy(now + DAY_MS)
    await this.store.sync()
    return { portalId: before?.portalId ?? null }
  }

  /** Whose it is, once that is known; then the portal learns what we want to hear. */
  async attach(portalId: string): Promise<{ what: string; code: string }[]> {
    const { origin } = this
    if (!origin) throw new Error('a portal that never arrived')
    this.store.set('origin', { ...origin, portalId })
    this.store.set('told', null)
    // It may have been away: what waited goes on.
    await Promise.all([this.tellStanding(), this.wake()])
    // Before the first operator answers: a message tells its writer by name.
    await this.employees.soon()
    await this.choose()
    return this.register()
  }

  async register(): Promise<{ what: string; code: string }[]> {
    const failures = await this.registering.all(this.origin)
    // Where nobody answers, nobody answers twice.
    if (!failures.some(({ what }) => what === 'batch')) {
      const door = await openDoor(this.env, (wanted) => this.call(wanted), this.origin?.appId ?? null)
      failures.push(...door, ...(await this.lines(true)))
    }
    await this.missing.asked(failures, Date.now())
    return failures
  }

  /** Makes the portal agree with what is bound to its lines; `all`: an installation took everything away. Gives what it did not take. */
  async lines(all: boolean): Promise<{ what: string; code: string }[]> {
    const { origin } = this
    if (!origin?.portalId) return []
    const name = { portalId: origin.portalId, appId: origin.appId }
    const failures = await keepLines(this.env, (wanted) => this.call(wanted), name, all)
    if (failures.length > 0) await this.missing.asked(failures, Date.now())
    return failures
  }

  async lost(connector: string | null, line: number, problem: string): Promise<void> {
    const { origin } = this
    if (origin?.portalId)
      await wakeJobs(this.env, await lineLost(databaseOf(this.env), origin.portalId, connector, line, problem))
  }

  /** An installation or update was told, and vouched for: it took our registrations away. */
  async updated(event: string): Promise<void> {
    const { origin } = this
    await this.missing.gone({ what: event, code: 'updated' }, Date.now())
    if (origin?.portalId) await store.heard(databaseOf(this.env), origin.portalId, event, new Date())
  }

  async leave(isClean: boolean, toldAt: number): Promise<void> {
    return this.leaving.leave(this.origin?.portalId ?? null, isClean, toldAt)
  }

  // Calls ------------------------------------------------------------------------------------------------------------------

  /** Calls a method of the portal. Waits its turn for at most half a minute. */
  async call(wanted: Wanted): Promise<Called> {
    if (!this.origin) return { ok: false, kind: 'missing', code: 'portal_unknown', text: '', againAt: null }
    return inRealTime(await this.queue.call(wanted), settingsOf(this.env).timeScale)
  }

  private async attempt(wanted: Wanted): Promise<Tried> {
    const own = wanted.access
    let access: Access = own === undefined ? await this.access() : { ok: true, access: own, userId: '', name: '' }
    const renewed = new Set<string>()
    for (;;) {
      if (!access.ok) return withoutToken(access)
      const { origin } = this
      if (!origin) return { ok: false, kind: 'gone', code: 'portal_unknown', text: '', operatingResetAt: null }
      const asker = askerOf(scaled(this.env, REST_MS))
      const answer = await askPortal(asker, hostsOf(this.env), origin.domain, wanted.method, wanted.params, access.access)
      if (answer.domain !== origin.domain) await this.moved(answer.domain)
      if (answer.lost)
        return { ok: false, kind: answer.left ? 'lost' : 'away', code: answer.detail, text: '', operatingResetAt: null }
      const { problem, result, operating, operatingResetAt } = answer.meaning
      if (!problem) this.worked()
      if (!problem) return { ok: true, result, operating, operatingResetAt }
      // Once for each administrator: when one's tokens are dead, the next one's may have run out too.
      if (problem.kind !== 'token' || own !== undefined || renewed.has(access.userId)) {
        // An employee's token that has run out says nothing of ours.
        const standing = own !== undefined && problem.kind === 'token' ? null : afterCall(problem.kind, problem.code)
        if (standing) await this.stand(standing)
        return { ok: false, ...problem, operatingResetAt }
      }
      renewed.add(access.userId)
      access = await this.access(access.access)
    }
  }

  private worked(): void {
    this.health.worked(Date.now())
    // Nobody tells us of a new plan.
    if (this.standing.problem === NO_REST) void this.stand(WELL)
  }

  private async access(stale: string | null = null): Promise<Access> {
    const access = await this.tokens.access(stale)
    const standing = access.ok ? null : afterOauth(access.verdict, access.code)
    if (standing) await this.stand(standing)
    return access
  }

  private async refresh(token: string) {
    const [origin, client] = [this.origin, await clientKept(this.env, this.store, this.origin?.appId ?? null)]
    if (!origin || !client) return { ok: false as const, verdict: 'disconnected' as const, code: 'no_client' }
    return refreshed(askerOf(OAUTH_MS), origin.oauth, client, token, Date.now())
  }

  /** The portal has another name now; who it is has not changed. */
  private async moved(domain: string): Promise<void> {
    const { origin } = this
    if (!origin) return
    this.store.set('origin', { ...origin, domain })
    await this.tellStanding()
  }

  /** Reads the portal's employees: now, or soon and once for all who are hired just now. */
  async people(when: 'now' | 'soon'): Promise<PeopleNews | null> {
    return when === 'now' ? this.employees.read() : this.employees.soon()
  }

  // How it stands ----------------------------------------------------------------------------------------------------------

  /** Asks the authorization server how we stand, and the portal whether it lets us in. For people who look, and after a payment. */
  async check(): Promise<Standing> {
    const access = await this.access()
    if (access.ok && this.origin) {
      const facts = await appInfo(askerOf(OAUTH_MS), this.origin.oauth, access.access)
      if (facts) this.store.set('facts', facts)
      const called = await this.call({ method: 'profile', params: {}, priority: 'status', isRepeatable: true })
      if (called.ok) await this.stand(facts ? afterFacts(facts) : WELL)
      if (called.ok) await this.register()
    }
    await this.tellStanding()
    return this.standing
  }

  /** What the authorization server says of the application now; null: it does not answer, or lets nobody in. */
  async facts(): Promise<AppFacts | null> {
    const access = await this.access()
    return access.ok && this.origin ? appInfo(askerOf(OAUTH_MS), this.origin.oauth, access.access) : null
  }

  /** The connection as it is this moment, for people who look. */
  async now(): ReturnType<PortalHealth['now']> {
    return this.health.now(this.queue.state(), Date.now())
  }

  /** What the words that are on their way wait for this moment. */
  waits(): WaitsNow {
    return waitsNow(this.queue.waits(), settingsOf(this.env).timeScale)
  }

  private async stand(standing: Standing): Promise<void> {
    this.store.set('standing', standing)
    await this.tellStanding()
  }

  /** The database hears of what it does not know yet; while it is away, later. */
  private async tellStanding(): Promise<void> {
    const { origin, standing } = this
    if (!origin?.portalId) return
    const [first] = await this.store.grants()
    const facts = this.store.get('facts', (value) => Facts.parse(value)) ?? {}
    const as = { domain: origin.domain, name: first?.name ?? null, userId: first?.userId ?? null }
    const said = JSON.stringify({ ...standing, facts, as })
    if (this.store.get('told', String) === said) return
    try {
      await wakeJobs(this.env, await store.stands(databaseOf(this.env), origin.portalId, { ...standing, facts, as }))
      this.store.set('told', said)
    } catch (error) {
      await this.delayed('portal_standing_not_told', error)
    }
  }

  // Events -----------------------------------------------------------------------------------------------------------------

  /** Stores an event that proves where it comes from. `body`: as it came, as JSON. */
  async event(event: { name: string; token: string; key: string; body: string }): Promise<EventVerdict> {
    if (!this.origin) return 'unknown'
    const known = await this.store.secret('application_token')
    if (known === null || !(await sameSecret(event.token, known))) return 'refused'
    await this.events.keep(event)
    await this.alarmBy(Date.now() + 1_000)
    await this.store.sync()
    this.ctx.waitUntil(this.events.run())
    return 'stored'
  }

  /** Somebody says, without a proof, that something about the payment changed: we look, at most once a minute. */
  async hint(): Promise<EventVerdict> {
    const { origin } = this
    if (!origin?.portalId) return 'unknown'
    const last = this.store.get('hinted', Number) ?? 0
    if (Date.now() - last < HINT_MS) return 'stored'
    this.store.set('hinted', Date.now())
    this.ctx.waitUntil(this.check())
    return 'stored'
  }

  /** Looks through the conversations that go on, unless that was done a moment ago. */
  async sweep(): Promise<void> {
    await this.events.sweep()
  }

  // What it must be told ---------------------------------------------------------------------------------------------------

  /** Something waits for the portal. Answered at once; the alarm goes on with it should we die. */
  async wake(): Promise<void> {
    await this.alarmBy(Date.now() + scaled(this.env, RETRY_MS))
    this.ctx.waitUntil(this.telling.run())
  }

  private async tell(): Promise<void> {
    const call = (wanted: Wanted) => this.call(wanted)
    const broken = (code: string) => this.missing.broken({ what: 'line', code }, Date.now())
    await this.goOnWith((portalId) => drainPortal(this.env, portalId, call, broken))
    this.ctx.waitUntil(this.timeline.run())
  }

  /** Does a round of work, and the next one when its time has come. */
  private async goOnWith(work: (portalId: string) => Promise<number | null>): Promise<void> {
    const again = this.origin?.portalId ? await work(this.origin.portalId) : null
    if (again !== null) await this.alarmBy(Math.max(again, Date.now() + 500))
  }

  // What goes on by itself -------------------------------------------------------------------------------------------------

  override async alarm(): Promise<void> {
    const { origin } = this
    if (!origin) return
    if (origin.portalId === null && Date.now() - origin.since > UNCLAIMED_MS) return this.store.forgetAll()
    await this.ctx.storage.setAlarm(Date.now() + DAY_MS)
    await this.events.run()
    if (!this.origin) return
    this.ctx.waitUntil(this.telling.run())
    await this.sweep()
    await this.tokens.renewIdle()
    await this.tellStanding()
    if (await this.missing.isDue(Date.now())) await this.register()
    await this.employees.whenDue()
    // Last: providers may take their time.
    await this.registering.renew(this.origin, Date.now())
  }

  /** A number came here: what robots may choose from is looked at soon. */
  async choose(): Promise<void> {
    this.registering.lookSoon()
    await this.alarmBy(Date.now() + 1_000)
  }

  private async alarmBy(at: number): Promise<void> {
    const set = await this.ctx.storage.getAlarm()
    if (set === null || at < set) await this.ctx.storage.setAlarm(at)
  }

  private async delayed(event: string, error: unknown): Promise<void> {
    log('warn', { event, error: errorText(error) })
    await this.alarmBy(Date.now() + scaled(this.env, RETRY_MS))
  }
}
