/** The products that the browser tests use: one for each of Playwright's workers, started once for the run, on ports and data of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FullConfig } from '@playwright/test'
import { freePort } from '../db/local/ports.ts'
import { SIM_ROOM } from '../scripts/house.ts'

const ROOT = join(import.meta.dirname, '..')

type Running = { house: ChildProcess; dataDir: string }

async function start(): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-e2e-'))
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    SIM_PORT: String(await freePort(SIM_ROOM)),
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
  return { house, dataDir }
}

async function stop({ house, dataDir }: Running): Promise<void> {
  if (house.exitCode === null) {
    house.kill('SIGTERM')
    await once(house, 'exit')
  }
  rmSync(dataDir, { recursive: true, force: true })
}

/** Playwright's global set-up. A test finds the data folder of its house in E2E_HOUSES (e2e/outside.ts reads it). */
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const running: Running[] = []
  const stopAll = async (): Promise<void> => void (await Promise.all(running.map(stop)))
  try {
    // One after the other: the first builds what all of them serve.
    for (let i = 0; i < workers; i += 1) running.push(await start())
  } catch (error) {
    await stopAll()
    throw error
  }
  process.env['E2E_HOUSES'] = JSON.stringify(running.map(({ dataDir }) => dataDir))
  return stopAll
}
