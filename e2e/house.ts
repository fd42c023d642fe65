/** The product that the browser tests use: started once for the whole run, on ports and data of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../db/local/postgres.ts'

const ROOT = join(import.meta.dirname, '..')

/** Playwright's global set-up. The tests find $DATA_DIR/demo.json by E2E_DEMO (e2e/demo.ts reads it). */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-e2e-'))
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SIM_PORT: String(await freePort()),
  }
  const house = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((done, fail) => {
    let said = ''
    house.stdout.on('data', (chunk) => {
      said += chunk
      if (said.includes('está en marcha')) done()
    })
    house.once('exit', () => fail(new Error(`The product did not start:\n${said}`)))
  })
  process.env['E2E_DEMO'] = join(dataDir, 'demo.json')
  const { address } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
  process.env['E2E_ADDRESS'] = address
  return async () => {
    house.kill('SIGTERM')
    await once(house, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
}
