import { expect, test } from 'vitest'
import { keyringOf } from './seal.ts'
import { openLink, signLink } from './signed-link.ts'

const ring = keyringOf(`k1:${'a'.repeat(32)}`)
const file = { key: 'account/file', mime: 'image/jpeg', name: 'año.jpg' }
const EXPIRES = 10_000

test('a link opens until it expires', async () => {
  const link = await signLink(file, EXPIRES, ring)
  expect(await openLink(link, EXPIRES - 1, ring)).toEqual(file)
  expect(await openLink(link, EXPIRES + 1, ring)).toBeNull()
})

test('a link that was changed, or signed by somebody else, does not open', async () => {
  const link = await signLink(file, EXPIRES, ring)
  const [kid, , signature] = link.split('.')
  const other = btoa(JSON.stringify(['other/file', 'image/jpeg', null, EXPIRES])).replaceAll('=', '')
  expect(await openLink(`${kid}.${other}.${signature}`, 0, ring)).toBeNull()
  expect(await openLink(await signLink(file, EXPIRES, keyringOf(`k1:${'b'.repeat(32)}`)), 0, ring)).toBeNull()
})

test.each(['', '.', 'a.b', 'k1.a.b', 'k1.%%%.!!!', 'nobody.e30.e30'])('%j is no link', async (text) => {
  expect(await openLink(text, 0, ring)).toBeNull()
})
