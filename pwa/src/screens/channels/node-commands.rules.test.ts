import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { commandsOf } from './node-commands.rules.ts'

test('whatever a computer is called, the command starts one program with that name', () => {
  const name = `PC d'Ana; echo "hola" $HOME`
  const { linux } = commandsOf({ appUrl: 'https://desk.example', token: 'wbn1.a.b', node: { name } })
  const said = linux.replace('node session-node/src/main.ts', `sh -c 'printf %s "$SESSION_NODE_NAME"'`)
  expect(execFileSync('sh', ['-c', said], { encoding: 'utf8' })).toBe(name)
})

test('the same settings stand in each way of starting it', () => {
  const commands = commandsOf({ appUrl: 'https://desk.example', token: 'wbn1.a.b', node: { name: 'Oficina' } })
  for (const command of Object.values(commands)) {
    expect(command).toContain('https://desk.example')
    expect(command).toContain('wbn1.a.b')
    expect(command).toContain('Oficina')
  }
})
