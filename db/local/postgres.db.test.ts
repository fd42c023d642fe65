import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startPostgres, type LocalPostgres } from './postgres.ts'

async function ask(postgres: LocalPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A folder that only its owner may enter, as `mktemp -d` makes it. */
async function aFolder() {
  const path = mkdtempSync(join(tmpdir(), 'wb24-postgres-'))
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) }
}

test('what was committed is there after a power cut, on the same port', async () => {
  await using folder = await aFolder()
  const postgres = await startPostgres({ dataDir: join(folder.path, 'data') })
  await ask(postgres, "create table kept (word text); insert into kept values ('hola')")
  let deaths = 0
  postgres.onDeath(() => (deaths += 1))
  await postgres.kill9()
  await postgres.start()
  expect(await ask(postgres, 'select word from kept')).toEqual([{ word: 'hola' }])
  expect(deaths).toBe(1)
  await postgres.stop('immediate')
  await postgres.start()
  expect(await ask(postgres, 'select word from kept')).toEqual([{ word: 'hola' }])
  await postgres.stop()
  expect(deaths).toBe(1)
})

test('letters with accents have a lower case, as on Neon', async () => {
  await using folder = await aFolder()
  const postgres = await startPostgres({ dataDir: join(folder.path, 'data') })
  expect(await ask(postgres, "select lower('ÁVAREZ Ñ') as low")).toEqual([{ low: 'ávarez ñ' }])
  await postgres.stop()
})

test('a first start that was cut short is begun anew', async () => {
  await using folder = await aFolder()
  const half = join(folder.path, 'data.new')
  const dataDir = join(folder.path, 'data')
  writeFileSync(half, 'half written')
  const postgres = await startPostgres({ dataDir })
  expect(await ask(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
  await postgres.stop()
})

test('it leaves when its starter is killed, and the next start takes up its data', async () => {
  await using folder = await aFolder()
  const dataDir = join(folder.path, 'data')
  const script = join(folder.path, 'starter.mjs')
  writeFileSync(
    script,
    `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))}
     const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)} })
     process.send(postgres.pid())`,
  )
  const starter = fork(script)
  const pid = await new Promise<number>((told) => starter.once('message', (message) => told(Number(message))))
  starter.kill('SIGKILL')
  const postgres = await startPostgres({ dataDir })
  expect(postgres.pid()).not.toBe(pid)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  await postgres.stop()
})
