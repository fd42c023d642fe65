import { expect, test } from 'vitest'
import type { BackupHeader } from '#contract/backups.ts'
import { openBackup, readBackup, sealBackup, type Contents } from './backup-file.ts'

const header: BackupHeader = {
  ...{ format: 'whatsappb24-number', version: 1, number: '593991234567', name: 'Farmacia', live: true },
  madeAt: '2026-11-21T20:00:00.000Z',
}
const contents: Contents = {
  me: { phone: '593991234567', lid: '77001', name: 'Farmacia' },
  mark: { object: 'o', epoch: 3, n: 12 },
  rows: [
    { kind: 'creds', id: 'creds', value: '{"noiseKey":"secreto"}' },
    { kind: 'session', id: '88001.0', value: 'x'.repeat(5_000) },
  ],
}
const WORDS = 'tres tristes tigres comen trigo'
const refusal = (code: string) => expect.objectContaining({ code })

// Each key costs a fifth of a second: the file is made once.
const text = await sealBackup(header, contents, WORDS)
const file = readBackup(text)

test('the header is read without the words, the keys only with them', async () => {
  expect(file).toMatchObject(header)
  expect(text).not.toContain('secreto')
  expect(await openBackup(file, WORDS)).toEqual(contents)
  await expect(openBackup(file, 'tres tristes tigres')).rejects.toEqual(refusal('backup_passphrase'))
}, 20_000)

test.each([{ number: '593991234568' }, { live: false }, { data: `AAAA${file.data.slice(4)}` }])(
  'whatever of it was changed, it does not open',
  async (change) => {
    await expect(openBackup({ ...file, ...change }, WORDS)).rejects.toEqual(refusal('backup_passphrase'))
  },
  20_000,
)

test('what is no such file is called so, also one that asks for more work than ours', () => {
  const dear = JSON.stringify({ ...file, kdf: { ...file.kdf, n: 2 ** 24 } })
  for (const other of ['', '{}', 'una foto', '[1]', dear]) expect(() => readBackup(other)).toThrow(refusal('backup_not_one'))
})

test('two files of the same keys have nothing in common', async () => {
  const other = readBackup(await sealBackup(header, contents, WORDS))
  expect(other.kdf.salt).not.toBe(file.kdf.salt)
  expect(other.data.slice(0, 20)).not.toBe(file.data.slice(0, 20))
}, 20_000)
