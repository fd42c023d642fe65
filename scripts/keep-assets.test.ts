import { createServer } from 'node:http'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepAssets, keptFrom, listAssets } from './keep-assets.ts'

const day = (n: number) => new Date(Date.UTC(2026, 10, n))

test('files of the version that goes are kept from the day on which it goes, for fourteen days', () => {
  const served = { current: ['shell-1.js', 'font.woff2'], kept: { 'shell-0.js': day(1).toISOString() } }
  const next = ['shell-2.js', 'font.woff2']
  expect(keptFrom(served, next, day(14))).toEqual({ 'shell-0.js': day(1).toISOString(), 'shell-1.js': day(14).toISOString() })
  expect(keptFrom(served, next, day(15))).toEqual({ 'shell-1.js': day(15).toISOString() })
})

test('a machine that has only the new version brings the old files along from what is served', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wb24-assets-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'shell-2.js'), 'new')
  listAssets(folder)
  const server = createServer((request, response) => {
    const isList = request.url === '/assets.json'
    response.setHeader('content-type', isList ? 'application/json' : 'text/javascript')
    response.end(isList ? JSON.stringify({ current: ['shell-1.js'], kept: {} }) : 'old')
  })
  await new Promise<void>((done) => void server.listen(0, done))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  expect(await keepAssets(`http://127.0.0.1:${port}`, folder, day(1))).toBe(1)
  expect(readdirSync(join(folder, 'assets')).toSorted()).toEqual(['shell-1.js', 'shell-2.js'])
  server.close()
  rmSync(folder, { recursive: true })
})
