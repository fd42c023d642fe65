/** vitest's global set-up: starts the world of test-world.ts once for all projects that ask for it. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { TestWorld } from '../db/local/test-world.ts'

type Running = { child: ChildProcess; world: TestWorld }

function begin(): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'test-world.ts'), { execArgv: [] })
  return new Promise((done, fail) => {
    child.once('message', (world: TestWorld) => done({ child, world }))
    child.once('exit', (code) => fail(new Error(`The tests' database did not start (${code})`)))
  })
}

// Each project of vitest loads this file anew: what they share hangs on the process.
declare global {
  var testWorld: { running: Promise<Running>; users: number } | undefined
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (globalThis.testWorld ??= { running: begin(), users: 0 })
  shared.users += 1
  const { child, world } = await shared.running
  project.provide('world', world)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    globalThis.testWorld = undefined
    child.disconnect()
    await once(child, 'exit')
  }
}
