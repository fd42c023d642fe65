import { expect, test } from 'vitest'
import { movedTo, oauthOf, portalOf } from './hosts.rules.ts'

const real = { oauth: 'https://oauth.bitrix.info', own: 'https://desk.example.com', isLocal: false }
const here = { oauth: 'http://127.0.0.1:9000/b24', own: 'http://localhost:8787', isLocal: true }

test('the secret goes to Bitrix24’s own authorization servers and nowhere else', () => {
  expect(oauthOf(null, real)).toBe('https://oauth.bitrix.info')
  expect(oauthOf('https://oauth.bitrix.info/rest/', real)).toBe('https://oauth.bitrix.info')
  expect(oauthOf('https://oauth.bitrix24.tech/rest/', real)).toBe('https://oauth.bitrix24.tech')
  for (const bad of ['https://oauth.bitrix.info.evil.io/rest/', 'http://oauth.bitrix.info/rest/', 'https://evil.io/rest/', 'x'])
    expect(oauthOf(bad, real), bad).toBeNull()
  expect(oauthOf('http://127.0.0.1:9000/b24/rest/', here)).toBe('http://127.0.0.1:9000/b24')
  expect(oauthOf('https://oauth.bitrix.info/rest/', here)).toBeNull()
})

test('a portal is a bare public name: no port, no private network, no address, not ourselves', () => {
  expect(portalOf('acme.bitrix24.es', real)).toBe('https://acme.bitrix24.es')
  expect(portalOf('crm.empresa.com.pe', real)).toBe('https://crm.empresa.com.pe')
  const bad = [
    '10.0.0.5',
    'localhost',
    'crm.local',
    'acme.bitrix24.es/x',
    'acme.bitrix24.es:8443',
    'u@acme.es',
    'desk.example.com',
    '',
    'ACME',
  ]
  for (const domain of [...bad, '[::1]', '127.0.0.1:80', 'metadata.google.internal'])
    expect(portalOf(domain, real), domain).toBeNull()
  expect(portalOf('127.0.0.1:9101', here)).toBe('http://127.0.0.1:9101')
  expect(portalOf('10.0.0.2:9101', here)).toBeNull()
})

test('a portal that has moved is followed to a place where a portal may be', () => {
  expect(movedTo('https://nuevo.bitrix24.es/rest/profile', real)).toBe('nuevo.bitrix24.es')
  for (const bad of [null, '/rest/', 'http://nuevo.bitrix24.es/rest/', 'https://10.1.1.1/rest/', 'https://localhost/']) {
    expect(movedTo(bad, real), String(bad)).toBeNull()
  }
  expect(movedTo('http://127.0.0.1:9102/rest/profile', here)).toBe('127.0.0.1:9102')
})
