import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandsOf } from './node-commands.rules.ts'

const MADE = { appUrl: 'https://desk.example', token: 'wbn1.01930000-0000-7000-8000-000000000001.Az_-09' }

test('the command for a shell starts one program with its two settings', () => {
  const said = commandsOf(MADE).linux.replace('node session-node/src/main.ts', `sh -c 'echo "$APP_URL $SESSION_NODE_TOKEN"'`)
  expect(execFileSync('sh', ['-c', said], { encoding: 'utf8' })).toBe(`${MADE.appUrl} ${MADE.token}\n`)
})

test('the same settings stand in each way of starting it', () => {
  for (const command of Object.values(commandsOf(MADE))) {
    expect(command).toContain(MADE.appUrl)
    expect(command).toContain(MADE.token)
  }
})
