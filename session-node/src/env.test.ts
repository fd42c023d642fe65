import { expect, test } from 'vitest'
import { settingsFrom } from './env.ts'

const GIVEN = {
  APP_URL: 'https://desk.example.com/',
  SESSION_NODE_TOKEN: 'a token that is long enough',
  SESSION_NODE_NAME: 'oficina',
}

test('an address and a token are enough', () => {
  expect(settingsFrom(GIVEN)).toEqual({
    ...{ workerUrl: 'https://desk.example.com', token: GIVEN.SESSION_NODE_TOKEN, name: 'oficina' },
    ...{ whatsappUrl: 'wss://web.whatsapp.com/ws/chat', capacity: 50, logLevel: 'info', timeScale: 1 },
  })
})

test('what is wrong is named as it is written in the environment', () => {
  const wrong = settingsFrom({
    ...GIVEN,
    APP_URL: 'ftp://x',
    SESSION_NODE_TOKEN: undefined,
    SESSION_NODE_CAPACITY: 'many',
    LOG_LEVEL: 'loud',
  })
  const names = 'wrong' in wrong ? wrong.wrong.map((line) => line.split(':')[0]) : []
  expect(names).toEqual(['APP_URL', 'SESSION_NODE_TOKEN', 'SESSION_NODE_CAPACITY', 'LOG_LEVEL'])
})

test('time runs as it does, unless WhatsApp is simulated', () => {
  const hurried = { ...GIVEN, TIME_SCALE: '0.1' }
  expect(settingsFrom(hurried)).toEqual({ wrong: ['TIME_SCALE: only with a WA_WEB_URL that is not the real one'] })
  expect(settingsFrom({ ...hurried, WA_WEB_URL: 'ws://127.0.0.1:9/ws/chat' })).toMatchObject({ timeScale: 0.1 })
})
