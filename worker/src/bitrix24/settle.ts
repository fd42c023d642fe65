/** Whose a portal is: worked out where it is known, asked where it is not, and written where everybody reads it. */
import type { Language } from '#contract/ids.ts'
import type { Env } from '../lib/env.ts'
import { databaseOf } from '../lib/sql.ts'
import * as store from './portals.store.ts'
import { portalOf, type PortalName } from './surroundings.ts'
import type { Arrival } from './vouch.ts'

/** Who installs, as the new company's first words need it. */
export type Installer = PortalName & {
  domain: string
  userId: string
  name: string
  language: Language
  timeZone: string | null
  facts: object | null
}
export type Choice = { code: string } | { begins: true } | null
export type Settled =
  | { state: 'known'; portalId: string; isComplete: boolean }
  | { state: 'choose' }
  | { state: 'refused'; code: 'not_found' | 'link_spent' }

/** Where people of a time zone are: what decides how numbers are written. Elsewhere the company says it itself. */
const COUNTRIES: [RegExp, string][] = [
  [/^America\/Lima$/, 'PE'],
  [/^America\/Bogota$/, 'CO'],
  [/^America\/Santiago$/, 'CL'],
  [/^America\/(Argentina\/|Buenos_Aires)/, 'AR'],
  [/^America\/(Mexico_City|Monterrey|Tijuana|Merida|Cancun|Chihuahua|Hermosillo)$/, 'MX'],
  [/^America\/(New_York|Chicago|Denver|Los_Angeles|Phoenix)$/, 'US'],
  [/^America\/(Sao_Paulo|Bahia|Fortaleza|Manaus|Recife)$/, 'BR'],
  [/^Europe\/Madrid$/, 'ES'],
]

function zoneOf(timeZone: string | null): string {
  try {
    return new Intl.DateTimeFormat('es', { timeZone: timeZone ?? '' }).resolvedOptions().timeZone
  } catch {
    return 'America/Guayaquil'
  }
}

export function installerOf(
  { appId, memberId, domain, user, facts }: Arrival,
  language: Language,
  timeZone: string | null,
): Installer {
  return { appId, memberId, domain, userId: user.id, name: user.name, language, timeZone, facts }
}

/** Settles it. `choice` null: only if it is known already. Once it is, the portal learns what we want to hear. */
export async function settle(env: Env, installer: Installer, choice: Choice): Promise<Settled> {
  const timeZone = zoneOf(installer.timeZone)
  const country = COUNTRIES.find(([zones]) => zones.test(timeZone))?.[1] ?? 'EC'
  const arrived = await store.arrives(databaseOf(env), { ...installer, timeZone, country, ...choice })
  if ('choose' in arrived) return { state: 'choose' }
  if ('refusal' in arrived) return { state: 'refused', code: arrived.refusal }
  const failures = await portalOf(env, installer).attach(arrived.portalId)
  return { state: 'known', portalId: arrived.portalId, isComplete: failures.length === 0 }
}
