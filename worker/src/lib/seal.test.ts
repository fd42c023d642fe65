import { expect, test } from 'vitest'
import { keyringOf, seal, unseal } from './seal.ts'

const OLD = `old:${'o'.repeat(32)}`
const NEW = `new:${'n'.repeat(32)}`

test('what was sealed for a place opens there', async () => {
  const ring = keyringOf(NEW)
  const sealed = await seal('señal 👍', 'channel|1', ring)
  expect(sealed).toMatch(/^v1\.new\./)
  expect(sealed).not.toContain('señal')
  expect(await unseal(sealed, 'channel|1', ring)).toBe('señal 👍')
})

test('moved to another row, it does not open', async () => {
  const ring = keyringOf(NEW)
  await expect(unseal(await seal('secret', 'channel|1', ring), 'channel|2', ring)).rejects.toMatchObject({
    name: 'OperationError',
  })
})

test('a changed seal does not open', async () => {
  const ring = keyringOf(NEW)
  const sealed = await seal('secret', 'channel|1', ring)
  const [, , , text = ''] = sealed.split('.')
  const changed = sealed.replace(text, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`)
  await expect(unseal(changed, 'channel|1', ring)).rejects.toMatchObject({ name: 'OperationError' })
})

test('the same text never looks the same twice', async () => {
  const ring = keyringOf(NEW)
  expect(await seal('secret', 'p', ring)).not.toBe(await seal('secret', 'p', ring))
})

test('after a change of keys the old seals still open, and new ones use the new key', async () => {
  const before = await seal('secret', 'p', keyringOf(OLD))
  const both = keyringOf(`${NEW},${OLD}`)
  expect(await unseal(before, 'p', both)).toBe('secret')
  expect(await seal('secret', 'p', both)).toMatch(/^v1\.new\./)
  await expect(unseal(before, 'p', keyringOf(NEW))).rejects.toThrow('ENCRYPTION_KEY')
})

test('a missing or short key stops the boot with a line that names it', () => {
  expect(() => keyringOf(undefined)).toThrow('ENCRYPTION_KEY is missing')
  expect(() => keyringOf('k1:short')).toThrow('fewer than 32')
})
