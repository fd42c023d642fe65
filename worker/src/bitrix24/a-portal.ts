/** For tests in workerd: a portal of the simulator, and our doors as it knocks on them. It cannot reach us here, so what it sends is taken to us by hand. */
import { runInDurableObject, SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as z from 'zod'
import { settingsOf } from '../lib/env.ts'
import { databaseOf, type Database } from '../lib/sql.ts'
import { portalOf } from './surroundings.ts'

export const owner: Database = databaseOf({ ...env, DATABASE_URL: env.DATABASE_URL.replace('//app_rw:', '//postgres:') })

const Frame = z.object({ action: z.string(), fields: z.record(z.string(), z.string()) })
type Frame = z.infer<typeof Frame>
const Told = z.object({ items: z.array(z.looseObject({ event: z.string(), body: z.string() })) })
const Got = z.object({ items: z.array(z.looseObject({ method: z.string(), error: z.nullable(z.string()) })) })

const simulators = (): string => new URL(settingsOf(env).bitrix24.oauth).origin

export async function control(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${simulators()}/control/bitrix24${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  return response.json()
}

/** Our card in the marketplace, and one portal. `app`: a local application of it instead, with its key in our addresses. */
export async function aPortal(
  app: { key: string; clientId: string; secret: string } | null = null,
  license = 'pro100',
  employees = 3,
) {
  const client = settingsOf(env).bitrix24.client
  const clientId = app?.clientId ?? client?.id ?? ''
  const at = (path: string) => `http://app.test/bitrix24/${path}${app ? `?app=${app.key}` : ''}`
  const addresses = { handler: at('app'), installer: at('install'), events: at('events') }
  const secret = app?.secret ?? client?.secret
  await control('POST', '/apps', { clientId, secret, ...addresses, ...(app && { kind: 'local' }) })
  const { id, domain } = z
    .looseObject({ id: z.string(), domain: z.string() })
    .parse(await control('POST', '/portals', { employees, license }))
  const does = (what: string, more: object = {}) => control('POST', `/portals/${id}/${what}`, { clientId, ...more })
  const name = { appId: app?.key ?? null, memberId: id }
  const frameIn = (answer: unknown): Frame => z.looseObject({ frame: Frame }).parse(answer).frame
  const object = () => portalOf(env, name)
  const install = async () => knock(frameIn(await does('install')))
  const finish = () => does('finish')
  const hold = () =>
    runInDurableObject(object(), (instance) => {
      instance.alarm = async () => undefined
    })
  const told = async (event: string) => Told.parse(await control('GET', `/portals/${id}/rows/told?event=${event}`)).items
  return {
    ...{ id, domain, does, told, clientId },
    /** Its object: a new stub each time, since one that saw its object die is broken. */
    object,
    settings: (change: object) => control('PUT', `/portals/${id}/settings`, change),
    user: (userId: number, change: object) => control('PUT', `/portals/${id}/users/${userId}`, change),
    /** The administrator installs; the installer's page opens. */
    ...{ install, finish },
    /** Its object's alarm does nothing from now on: what an installation leaves for a second later would come between what a test does. */
    hold,
    /** A company begins with it; what the installation leaves for later is done already. */
    begin: async () => {
      const page = await install()
      await hold()
      const chosen = await chooseIn(page.text, { begins: true })
      if (!chosen.ok) throw new Error(`the portal has no company: ${await chosen.text()}`)
      await finish()
      await runInDurableObject(object(), async (instance) => {
        Reflect.deleteProperty(instance, 'alarm')
        await instance.people('now')
        await instance.alarm()
      })
    },
    /** Somebody opens the application. */
    open: async (userId: number) => knock(Frame.parse(frameOrSelf(await does('frame', { userId })))),
    frame: async (userId: number) => Frame.parse(frameOrSelf(await does('frame', { userId }))),
    /** What we asked of the portal and its authorization server. */
    got: async (method: string) => Got.parse(await control('GET', `/portals/${id}/rows/got?method=${method}`)).items,
    /** Brings the last event of this name to us, as it was sent. */
    bring: async (event: string) => {
      await control('POST', '/quiet')
      return tell((await told(event)).at(-1)?.body ?? '', app?.key)
    },
    row: async () => (await owner.query('select * from portal where member_id = $1', [id]))[0],
  }
}

function frameOrSelf(answer: unknown): unknown {
  return z.looseObject({ frame: z.optional(z.unknown()) }).parse(answer).frame ?? answer
}

/** A frame opens: the portal's form comes to our door. */
export async function knock({ action, fields }: Frame): Promise<{ status: number; text: string; headers: Headers }> {
  const body = new URLSearchParams(fields).toString()
  const response = await SELF.fetch(action, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** An event comes to our door. */
export async function tell(body: string, key?: string): Promise<number> {
  const address = `http://app.test/bitrix24/events${key === undefined ? '' : `?app=${key}`}`
  const response = await SELF.fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  await response.text()
  return response.status
}

/** The installer's page asks whose the portal is; somebody answers. */
export async function chooseIn(page: string, choice: object): Promise<Response> {
  const data = /<script type="application\/json" id="install">(.*?)<\/script>/.exec(page)?.[1] ?? '{}'
  const { ticket } = z.object({ ticket: z.nullable(z.string()) }).parse(JSON.parse(data))
  return SELF.fetch('http://app.test/bitrix24/install/choice', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket, ...choice }),
  })
}
