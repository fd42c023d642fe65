/** What every part of the simulated Bitrix24 works with. */
import type { Shelf } from '../lib/shelf.ts'
import type { Sim } from '../sim.ts'
import type { Mischiefs } from './mischief.ts'
import type { App, Install, Token, User } from './model.ts'
import type { PortalRow } from './settings.ts'
import type { Portal } from './portal.ts'
import type { Table } from '../lib/tables.ts'

export type B24 = {
  sim: Sim
  shelf: Shelf
  apps: Table<App>
  tokens: Table<Token>
  rows: Table<PortalRow>
  /** By member id. */
  portals: Map<string, Portal>
  mischief: Mischiefs
  /** Bitrix24's clock, in milliseconds: a test may put it forward. */
  now(): number
  setAhead(ms: number): void
  /** Where the authorization server is: `https://oauth.bitrix.info` in life. */
  oauthHost(): string
  /** Runs one after the other what belongs together; nobody waits for it. */
  lanes: Lanes
}

export type Lanes = {
  run(lane: string, task: () => Promise<void>): void
  /** Lets the next one of this lane overtake it; without a next one it goes when it is released. */
  hold(lane: string, task: () => Promise<void>): void
  release(lane: string): void
  /** Resolves when nothing is under way. */
  quiet(): Promise<void>
}

/** A call of a method, checked: who calls, by which application, and with what. */
export type Call = {
  b24: B24
  portal: Portal
  /** The method, in small letters. */
  method: string
  params: Readonly<Record<string, unknown>>
  user: User
  app: App
  install: Install
  token: Token
}

export type Method = {
  /** null: no permission is needed. */
  scope: string | readonly string[] | null
  admin?: boolean
  run(call: Call): unknown
}

export type Methods = Readonly<Record<string, Method>>

/** A refusal as REST tells it. */
export class RestError extends Error {
  status: number
  code: string
  more: Record<string, unknown>
  constructor(status: number, code: string, description: string, more: Record<string, unknown> = {}) {
    super(description)
    this.status = status
    this.code = code
    this.more = more
  }
}

/** Lanes over promises. A task that fails does not stop its lane. */
export function makeLanes(complain: (error: unknown) => void): Lanes {
  const lanes = new Map<string, Promise<void>>()
  const held = new Map<string, () => Promise<void>>()
  const add = (lane: string, task: () => Promise<void>): void => {
    const after = (lanes.get(lane) ?? Promise.resolve()).then(task).catch(complain)
    lanes.set(lane, after)
    void after.then(() => {
      if (lanes.get(lane) === after) lanes.delete(lane)
    })
  }
  const release = (lane: string): void => {
    const late = held.get(lane)
    held.delete(lane)
    if (late) add(lane, late)
  }
  return {
    run(lane, task) {
      add(lane, task)
      release(lane)
    },
    hold(lane, task) {
      release(lane)
      held.set(lane, task)
    },
    release,
    async quiet() {
      while (lanes.size > 0) await Promise.all(lanes.values())
    },
  }
}

/** As the portal writes times: with its own offset. */
export function isoOf(ms: number): string {
  return `${new Date(ms - 5 * 3600_000).toISOString().slice(0, 19)}-05:00`
}
