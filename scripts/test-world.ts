/**
 * What tests against the real PostgreSQL stand on: one server, one Neon endpoint and one pair of simulators for a whole
 * run of vitest, migrated and empty. Each test makes an account of its own, so they may run at the same time.
 * A process of its own, started by test-setup.ts; it says where everything is and leaves with its parent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNeonEndpoint } from '../db/local/neon-endpoint.ts'
import { startPostgres } from '../db/local/postgres.ts'
import type { TestWorld } from '../db/local/test-world.ts'
import { migrate } from '../db/migrate.ts'
import { startSimulators } from '../sim/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'wb24-tests-'))
// Nothing here outlives the run: waiting for the disk would only cost time.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), settings })
const endpoint = await startNeonEndpoint({ postgresPort: postgres.port })
await migrate(postgres.url)
const simulators = await startSimulators({ port: 0, dataDir: null, appOrigin: 'http://127.0.0.1:9' })
const ahead = await startSimulators({ port: 0, dataDir: null, appOrigin: 'http://127.0.0.1:9' })
// The application of vitest.config.ts. Its webhooks reach nobody there: tests bring them by hand.
await fetch(`${simulators.origin}/control/paypal/apps`, {
  method: 'POST',
  body: JSON.stringify({
    ...{ clientId: 'cliente-de-pruebas', secret: 'secreto-de-pruebas' },
    webhook: { id: 'PRUEBAS1', url: '/hooks/paypal', types: ['NONE'] },
  }),
})

process.on('disconnect', async () => {
  await simulators.close()
  await ahead.close()
  await endpoint.close()
  await postgres.stop('immediate')
  rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})
// A terminal's Ctrl-C reaches us too: vitest decides when we leave.
process.on('SIGINT', () => undefined)

const world: TestWorld = {
  ownerUrl: postgres.url,
  appUrl: `postgres://app_rw:local@127.0.0.1:${postgres.port}/postgres`,
  neonUrl: endpoint.url,
  simulators: simulators.origin,
  stripeAhead: ahead.origin,
}
process.send?.(world)
