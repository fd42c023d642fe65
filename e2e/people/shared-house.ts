/**
 * One house for all files that only need one: vitest's global set-up. It starts when the first file asks for a company
 * (e2e/people/company.ts), gives each file a company of its own in it, and does to it what a test process cannot do itself.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { anotherDemo, startHouse, type DemoFile, type House } from '../../scripts/house.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for a company. */
    sharedHouse: string
  }
}

/** A company in the shared house. */
export type SharedCompany = { demo: DemoFile; databaseUrl: string }

type Running = { house: House; dataDir: string }

async function start(): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wb24-people-'))
  return { house: await startHouse({ dataDir, pages: false, logs: Boolean(process.env['E2E_LOGS']) }), dataDir }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<Running> | null = null
  let companies = 0
  const answers: Record<string, (one: Running) => Promise<SharedCompany | null>> = {
    async '/company'({ house, dataDir }) {
      const at = companies
      companies += 1
      const demo = at === 0 ? house.demo : await anotherDemo(house, dataDir, at)
      if (!demo || !house.databaseUrl) throw new Error('the house has no demo')
      return { demo, databaseUrl: house.databaseUrl }
    },
    async '/minute'({ house }) {
      house.worker.minute()
      return null
    },
    async '/kill-runtime'({ house }) {
      await house.worker.killRuntime()
      return null
    },
  }
  const server = createServer((request, response) => {
    running ??= start()
    const answer = running.then((one) => answers[request.url ?? '']?.(one))
    answer.then(
      (given) => response.end(JSON.stringify(given)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  // A first answer waits for the whole house.
  Object.assign(server, { requestTimeout: 0, keepAliveTimeout: 1 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  project.provide('sharedHouse', `http://127.0.0.1:${portOf(server.address())}`)
  return async () => {
    server.close()
    if (!running) return
    const { house, dataDir } = await running
    await house.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0
}
