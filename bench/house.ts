/** The product as the bench measures it: what runs in production, with its processes at hand. */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import { startHouse, type DemoFile, type House } from '../scripts/house.ts'
import { cpuMs } from './cpu.ts'
import type { Live } from './tasks.ts'

export type Subject = {
  house: House
  demo: DemoFile
  /** The demo number on Meta. */
  line: DemoFile['channels'][number]
  token: string
  live: Live
  database: pg.Client
  /** Milliseconds of CPU so far: the runtime, PostgreSQL, and the endpoint between them (this process). */
  cpu(): { worker: number; database: number; endpoint: number }
  stop(): Promise<void>
}

const Workerd = z.object({ workerdPid: z.number() })
const SignedIn = z.object({ token: z.string() })

export async function signIn(address: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return SignedIn.parse(await response.json()).token
}

async function postmasterPid(database: pg.Client): Promise<number> {
  const { rows } = await database.query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid")
  return Number(rows[0]?.pid)
}

/** Starts a house in a folder of its own, and forgets it afterwards. */
export async function startSubject(): Promise<Subject> {
  const dataDir = join(tmpdir(), `wb24-bench-${process.pid}`)
  const house = await startHouse({ dataDir, pages: false })
  const { demo, databaseUrl } = house
  const line = demo?.channels.find(({ kind }) => kind === 'meta')
  const person = demo?.people[0]
  if (!demo || !line || !person || !databaseUrl) throw new Error('the bench needs the demo account and its own database')
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  const postmaster = await postmasterPid(database)
  const token = await signIn(house.address, person.email, person.password)
  return {
    ...{ house, demo, line, token, database },
    live: { url: `${house.address.replace('http', 'ws')}/api/live`, token },
    cpu: () => {
      const { user, system } = process.cpuUsage()
      return {
        worker: cpuMs(Workerd.parse(house.worker.message()).workerdPid),
        database: cpuMs(postmaster),
        endpoint: (user + system) / 1000,
      }
    },
    async stop() {
      await database.end()
      await house.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
