/** How long `npm start` takes, the first time and the second. The bundle is built before: its time is a compiler's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../db/local/ports.ts'
import { SIM_ROOM } from '../../scripts/house.ts'
import type { Figure } from '../figure.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Seconds until it says that it runs, which is after its address answers. */
async function startOnce(dataDir: string): Promise<number> {
  const started = performance.now()
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), SIM_PORT: String(await freePort(SIM_ROOM)) }
  const child = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  try {
    return await new Promise((done, fail) => {
      let said = ''
      child.stdout.on('data', (chunk) => {
        said += String(chunk)
        if (said.includes('está en marcha')) done((performance.now() - started) / 1000)
      })
      void gone.then(() => fail(new Error(`npm start ended: ${said}`)))
    })
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

export async function coldStarts(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-bench-start-'))
  try {
    return [
      { name: 'npm start on an empty folder', value: await startOnce(dataDir), unit: 's' },
      { name: 'npm start, second time', value: await startOnce(dataDir), unit: 's' },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
