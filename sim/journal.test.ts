import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openJournal } from './journal.ts'

test('half a line, left by a kill in the middle of it, is left out and nothing else is', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sim-'))
  const first = openJournal(dataDir)
  first.write({ t: 'taken', id: 'a' })
  first.close()
  appendFileSync(join(dataDir, 'sim', 'journal.jsonl'), '{"t":"taken","id":"b')
  const again = openJournal(dataDir)
  expect(again.entries).toEqual([{ t: 'taken', id: 'a' }])
  again.compact(again.entries)
  again.write({ t: 'taken', id: 'c' })
  again.close()
  expect(readFileSync(join(dataDir, 'sim', 'journal.jsonl'), 'utf8')).toBe('{"t":"taken","id":"a"}\n{"t":"taken","id":"c"}\n')
  rmSync(dataDir, { recursive: true })
})
