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
})
export type Settings = z.infer<typeof Settings>

const NAMES: Readonly<Record<keyof Settings, string>> = {
  ...{ workerUrl: 'APP_URL', token: 'SESSION_NODE_TOKEN', whatsappUrl: 'WA_WEB_URL' },
  ...{ name: 'SESSION_NODE_NAME', capacity: 'SESSION_NODE_CAPACITY', logLevel: 'LOG_LEVEL' },
}

/** The settings, or what is wrong with each one that is. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings | { wrong: string[] } {
  const given = {
    workerUrl: env['APP_URL']?.replace(/\/+$/, ''),
    token: env['SESSION_NODE_TOKEN'],
    whatsappUrl: env['WA_WEB_URL'] || 'wss://web.whatsapp.com/ws/chat',
    name: env['SESSION_NODE_NAME'] || hostname(),
    capacity: Number(env['SESSION_NODE_CAPACITY'] || 50),
    logLevel: env['LOG_LEVEL'] || 'info',
  }
  const { data, error } = Settings.safeParse(given)
  if (data) return data
  return { wrong: error.issues.map(({ path, message }) => `${nameOf(path[0])}: ${message}`) }
}

function nameOf(field: PropertyKey | undefined): string {
  const found = Object.entries(NAMES).find(([name]) => name === field)
  return found?.[1] ?? String(field)
}
