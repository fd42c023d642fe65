/**
 * Bitrix24, simulated: any number of portals, each on a host of its own, and the authorization server for all of them.
 * Behaves as reference/bitrix24.md says; README.md tells what to ask of it.
 */
import type { Asked, Reply } from '../lib/http.ts'
import { openShelf } from '../lib/shelf.ts'
import type { Sim } from '../sim.ts'
import { commandsFor } from './control.ts'
import { makeHosts } from './host.ts'
import { makeMischiefs } from './mischief.ts'
import type { App, Token } from './model.ts'
import type { PortalRow } from './settings.ts'
import { oauthHost } from './oauth/host.ts'
import type { Served } from '../provider.ts'
import { makePages } from './pages/serve.ts'
import { makeMemberId, newPortalRow, openPortal } from './portal.ts'
import type { NewPortal, Portal } from './portal.ts'
import { makeLimits } from './rest/limits.ts'
import { makeLanes } from './service.ts'
import type { B24 } from './service.ts'
import { addLine } from './openlines/lines.ts'
import { hire } from './people/staff.ts'
import { seedCrm } from './crm/seed.ts'
import { openTable } from '../lib/tables.ts'

export type Bitrix24Port = {
  /** Answers a command; the path comes without `/control/bitrix24`. */
  commands(asked: Asked, path: string): Promise<Reply>
  /** Answers at the authorization server's address; the path comes without `/bitrix24`. */
  serve(asked: Asked, path: string): Served
  forget(): Promise<void>
  close(): Promise<void>
}

/** Opens the portals that there are. `firstPort`: where their hosts are looked for; 0: anywhere. */
export async function startBitrix24(sim: Sim, dataDir: string | null, firstPort: number): Promise<Bitrix24Port> {
  const shelf = openShelf(dataDir, 'bitrix24')
  const limits = makeLimits()
  const clock = openTable<{ id: string; aheadMs: number }>(shelf.drawer('clock'))
  const rows = openTable<PortalRow>(shelf.drawer('portals'))
  const b24: B24 = {
    ...{ sim, shelf, rows, apps: openTable<App>(shelf.drawer('apps')), tokens: openTable<Token>(shelf.drawer('tokens')) },
    ...{ portals: new Map<string, Portal>(), mischief: makeMischiefs() },
    now: () => sim.now() + (clock.get('clock')?.aheadMs ?? 0),
    setAhead: (aheadMs) => void clock.put({ id: 'clock', aheadMs }),
    oauthHost: () => `${sim.origin()}/bitrix24`,
    lanes: makeLanes((error) => console.error('bitrix24:', error)),
  }
  const pages = makePages(b24, () => commands)
  const hosts = makeHosts(b24, limits, pages)
  const listen = async (portal: Portal, wanted: number) => {
    const port = await hosts.open(portal, wanted)
    portal.set({ port, domain: `localhost:${port}` })
  }
  for (const row of rows.all()) {
    const portal = openPortal(shelf, rows, row)
    b24.portals.set(row.id, portal)
    await listen(portal, row.port)
    for (const old of row.oldPorts) await hosts.open(portal, old)
  }
  const addPortal = async (wanted: NewPortal): Promise<Portal> => {
    const id = wanted.id ?? makeMemberId()
    const known = b24.portals.get(id)
    if (known) return known
    const { name = 'Andina', lang = 'la', license = 'pro100', employees = 6 } = wanted
    const portal = openPortal(shelf, rows, rows.put(newPortalRow(id, name, { lang, license })))
    b24.portals.set(id, portal)
    hire(portal, employees)
    addLine(portal, 'Atención al cliente', 1, { queue: [{ type: 'user', id: 2 }] })
    seedCrm(portal)
    await listen(portal, wanted.port ?? (firstPort === 0 ? 0 : firstPort + b24.portals.size - 1))
    return portal
  }
  const rename = async (portal: Portal): Promise<void> => {
    portal.set({ oldPorts: [...portal.row().oldPorts, portal.row().port] })
    await listen(portal, 0)
  }
  const commands = commandsFor(b24, { addPortal, rename })
  return {
    commands,
    serve: (asked, path) => {
      const script = path === '/api/v1' || path === '/api/v1/' ? pages.script() : undefined
      if (script) return { reply: script, slowMs: 0, drop: false }
      return oauthHost(b24, asked, path)
    },
    async forget() {
      b24.mischief.clear(null)
      b24.portals.clear()
      limits.forget()
      await hosts.close()
      for (const table of [rows, b24.apps, b24.tokens, clock]) for (const { id } of table.all()) table.drop(id)
      shelf.empty()
    },
    async close() {
      pages.close()
      await hosts.close()
      shelf.close()
    },
  }
}
