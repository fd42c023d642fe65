/** A simulated portal that joins a company as its administrator does it, and what can be asked of it afterwards. */
import * as z from 'zod'
import type { Ask } from '../../scripts/asker.ts'
import { joinPortal } from '../../scripts/join-portal.ts'
import { DEMO_B24_APP } from '../../scripts/settings.ts'
import type { Untold } from './customer.ts'

type World = {
  /** Tells the simulators. */
  control: Ask
  /** Asks our API as an administrator of the company that the portal joins. */
  api: Ask
  must: (token: null, method: string, path: string, body: object) => Promise<unknown>
}

const Portal = z.looseObject({ id: z.string(), domain: z.string() })
const Rows = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
const Listed = z.object({ items: z.array(z.looseObject({ id: z.string(), domain: z.string(), state: z.string() })) })

/** What an event of an operator's message says, and to whom. */
function wordsIn(body: string): Untold {
  const fields = [...new URLSearchParams(body)]
  const field = (end: string) => fields.find(([name]) => name.endsWith(end))?.[1] ?? ''
  return { phone: field('[chat][id]').replace('wa-', ''), text: field('[message][text]') }
}

/** Makes it. An Enterprise licence, `ent250`, is asked more at a time. */
export async function aPortal({ control, api, must }: World, license: string) {
  const clientId = DEMO_B24_APP.clientId
  const { id, domain } = Portal.parse(await control('POST', '/bitrix24/portals', { employees: 4, license }))
  const does = (what: string, more: object = {}) => control('POST', `/bitrix24/portals/${id}/${what}`, { clientId, ...more })
  const settings = (change: object) => control('PUT', `/bitrix24/portals/${id}/settings`, change)
  if (license.startsWith('ent')) await settings({ bucketSize: 250, bucketDrainPerS: 5 })
  const rows = async (table: string, query = '') =>
    Rows.parse(await control('GET', `/bitrix24/portals/${id}/rows/${table}${query}`)).items
  const listed = async () => Listed.parse(await api('GET', '/portals')).items.find((one) => one.domain === domain)
  return {
    ...{ id, domain, does, rows, settings },
    mischief: (change: object) => control('POST', '/bitrix24/mischief', { portal: id, ...change }),
    behaves: () => control('DELETE', `/bitrix24/mischief?portal=${id}`),
    user: (userId: number, change: object) => control('PUT', `/bitrix24/portals/${id}/users/${userId}`, change),
    /** How its company sees it. */
    state: async () => (await listed())?.state ?? null,
    rowId: async () => (await listed())?.id ?? '',
    /** Its administrator installs the application, and says by a code whose the portal is. */
    async install(): Promise<void> {
      await joinPortal({ control, api, anyone: (method, path, body = {}) => must(null, method, path, body) }, id)
    },
    /** Carries a number into an open line that is made for it. */
    async bind(channelId: string): Promise<void> {
      const { id: line } = z.looseObject({ id: z.number() }).parse(await does('line', { name: 'Ventas', queue: [2] }))
      await api('PUT', `/channels/${channelId}/portal-line`, { portalId: (await listed())?.id ?? '', line })
    },
    /** The administrator opens the application from the portal's menu. */
    open: (userId = 1) => does('frame', { userId, open: true }),
    /** The token that we hold is about to expire; the next one lives as long as usual. */
    async staleToken(): Promise<void> {
      await settings({ tokenLifeS: 30 })
      await does('frame', { userId: 1, open: true })
      await settings({ tokenLifeS: 3_600 })
    },
    /** What was asked of it: methods, and which of them were refused. */
    asked: async (method: string) => rows('got', `?method=${method}`),
    /** Operators' words whose event nobody took. */
    async untold(): Promise<Untold[]> {
      await control('POST', '/bitrix24/quiet')
      const told = await rows('told', '?event=ONIMCONNECTORMESSAGEADD')
      return told.filter(({ status }) => status !== 200).map(({ body }) => wordsIn(String(body)))
    },
  }
}
