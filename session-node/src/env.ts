/** What the program is told by its environment, checked when it starts: a missing setting ends it with a line that says which. */
import { hostname } from 'node:os'
import * as z from 'zod/mini'

const Settings = z.object({
  /** Where the Worker is, without a slash at the end. */
  workerUrl: z.url({ protocol: /^https?$/ }),
  /** The token of the account that this program serves: made in Ajustes, Números. */
  token: z.string().check(z.minLength(20)),
  /** Where WhatsApp Web is; the real one unless a test says otherwise. */
  whatsappUrl: z.url({ protocol: /^wss?$/ }),
  /** What people see in the list of session programs. */
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  /** Numbers that it takes at most: reference/baileys.md §9. */
  capacity: z.number().check(z.int(), z.minimum(1), z.maximum(200)),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']),
  /** Makes every wait shorter: contract/session-node.ts. */
  timeScale: z.number().check(z.gt(0), z.maximum(1)),
})
export type Settings = z.infer<typeof Settings>

const NAMES: Readonly<Record<keyof Settings, string>> = {
  ...{ workerUrl: 'APP_URL', token: 'SESSION_NODE_TOKEN', whatsappUrl: 'WA_WEB_URL' },
  ...{ name: 'SESSION_NODE_NAME', capacity: 'SESSION_NODE_CAPACITY', logLevel: 'LOG_LEVEL', timeScale: 'TIME_SCALE' },
}

const REAL_WHATSAPP = 'wss://web.whatsapp.com/ws/chat'

/** The settings, or what is wrong with each one that is. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings | { wrong: string[] } {
  const given = {
    workerUrl: env['APP_URL']?.replace(/\/+$/, ''),
    token: env['SESSION_NODE_TOKEN'],
    whatsappUrl: env['WA_WEB_URL'] || REAL_WHATSAPP,
    name: env['SESSION_NODE_NAME'] || hostname(),
    capacity: Number(env['SESSION_NODE_CAPACITY'] || 50),
    logLevel: env['LOG_LEVEL'] || 'info',
    timeScale: Number(env['TIME_SCALE'] || 1),
  }
  const { data, error } = Settings.safeParse(given)
  if (data && data.timeScale < 1 && data.whatsappUrl === REAL_WHATSAPP)
    return { wrong: [`${NAMES.timeScale}: only with a WA_WEB_URL that is not the real one`] }
  if (data) return data
  return { wrong: error.issues.map(({ path, message }) => `${nameOf(path[0])}: ${message}`) }
}

function nameOf(field: PropertyKey | undefined): string {
  const found = Object.entries(NAMES).find(([name]) => name === field)
  return found?.[1] ?? String(field)
}
