/** For tests in workerd: a company that began with its portal, its administrator's hands, and numbers of its own. */
import { SELF } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import * as z from 'zod'
import { settingsOf } from '../lib/env.ts'
import { seal } from '../lib/seal.ts'
import { aPortal, control, owner } from './a-portal.ts'

const Line = z.looseObject({ id: z.string(), state: z.string(), line: z.number(), problem: z.nullable(z.string()) })

type Portal = Awaited<ReturnType<typeof aPortal>>

/** The administrator's page of a portal that is installed: asks our API as it does. */
export async function administrator(portal: Portal) {
  const token = /"token":"([^"]+)"/.exec((await portal.open(1)).text)?.[1] ?? ''
  return async (method: string, path: string, body?: object) => {
    const response = await SELF.fetch(`http://app.test/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const json: unknown = response.headers.get('content-type')?.startsWith('text/csv') ? {} : JSON.parse(text)
    return { status: response.status, text, json, code: z.looseObject({ code: z.optional(z.string()) }).parse(json).code }
  }
}

/** A portal of a company that began with it, its administrator's page, and a way to add numbers. */
export async function company(license?: string) {
  const portal = await aPortal(null, license)
  await portal.begin()
  const api = await administrator(portal)
  const [row] = await owner.query('select id, account_id from portal where member_id = $1', [portal.id])
  const portalId = String(row?.['id'])
  return {
    ...{ portal, portalId, api },
    accountId: String(row?.['account_id']),
    number: async (name: string) => {
      const id = crypto.randomUUID()
      const place = `channel|sealed|${id}|${String(row?.['account_id'])}`
      const sealed = await seal('{"kind":"session"}', place, settingsOf(env).keyring)
      await owner.query(
        "insert into channel (id, account_id, kind, name, key, phone, line, sealed) values ($1, $2, 'session', $3, $4, '51987000111', $4, $5)",
        [id, row?.['account_id'], name, id, sealed],
      )
      return id
    },
    bind: (channelId: string, line: number) => api('PUT', `/channels/${channelId}/portal-line`, { portalId, line }),
    newLine: async (name: string) => {
      const made = await api('POST', `/portals/${portalId}/open-lines`, { name, queue: [{ kind: 'user', id: '1' }], hours: null })
      return z.object({ line: z.number() }).parse(made.json).line
    },
    bound: async () => z.object({ items: z.array(Line) }).parse((await api('GET', '/portal-lines')).json).items,
    /** What the portal says of its connectors: which are ready, on which line. */
    ready: async () => {
      const { items } = z
        .object({ items: z.array(z.looseObject({ connector: z.string(), line: z.number(), active: z.boolean() })) })
        .parse(await control('GET', `/portals/${portal.id}/rows/channels`))
      return items.filter(({ active }) => active).map(({ line }) => line)
    },
  }
}
