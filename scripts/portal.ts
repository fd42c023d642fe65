/**
 * `npm run portal`, beside a running `npm start`: the simulated portal with our application installed, an open line made for the first
 * number, and its connector active and tested. The same doors as people's; run again it leaves everything as it is.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Portal } from '#contract/bitrix24.ts'
import { LineTest, OpenLine, PortalLine, type Check } from '#contract/portal-lines.ts'
import { asker } from './asker.ts'
import type { DemoFile } from './house.ts'
import { joinPortal } from './join-portal.ts'

const Portals = z.object({ items: z.array(Portal) })
const Lines = z.object({ items: z.array(PortalLine) })
/** The portal's employee who answers. */
const OPERATOR = '2'

export type ReadyPortal = { page: string; line: string; number: string; checks: readonly Check[] }

export async function readyPortal({ address, people, channels, simulators }: DemoFile): Promise<ReadyPortal> {
  const admin = people.find(({ role }) => role === 'administrator')
  const [number] = channels
  if (!admin || !number) throw new Error('the demo has no administrator, or no number')
  const anyone = asker(address)
  const { email, password } = admin
  const { token } = z.looseObject({ token: z.string() }).parse(await anyone('POST', '/api/session', { email, password }))
  const api = asker(`${address}/api`, token)
  const portal = async () =>
    Portals.parse(await api('GET', '/portals')).items.find(
      ({ domain, state }) => simulators.bitrix24 === `http://${domain}/` && state !== 'uninstalled',
    )
  const lineOf = async () => Lines.parse(await api('GET', '/portal-lines')).items.find(({ channelId }) => channelId === number.id)

  if (!(await portal())) await joinPortal({ control: asker(simulators.control), api, anyone }, simulators.bitrix24Member)
  if (!(await lineOf())) {
    const portalId = (await portal())?.id ?? ''
    const queue = [{ kind: 'user', id: OPERATOR }]
    const made = await api('POST', `/portals/${portalId}/open-lines`, { name: number.name, queue, hours: null })
    const { line } = OpenLine.parse(made)
    await api('PUT', `/channels/${number.id}/portal-line`, { portalId, line })
  }
  const bound = await lineOf()
  const { checks } = LineTest.parse(await api('POST', `/portal-lines/${bound?.id ?? ''}/test`, {}))
  return { page: simulators.bitrix24, line: bound?.lineName ?? '', number: number.phone, checks }
}

if (import.meta.main) {
  const file = join(process.env['DATA_DIR'] || '.data', 'demo.json')
  const demo: DemoFile = JSON.parse(readFileSync(file, 'utf8'))
  const { page, line, number, checks } = await readyPortal(demo)
  const bad = checks.filter(({ state }) => state === 'fail')
  console.log(`\n  Portal ${page}: aplicación instalada, canal abierto «${line}» con el número +${number}`)
  console.log(
    `  ${checks.length - bad.length} de ${checks.length} pruebas bien${bad.map(({ name }) => `, falla ${name}`).join('')}\n`,
  )
  process.exitCode = bad.length > 0 ? 1 : 0
}
