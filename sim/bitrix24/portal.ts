/** One portal: its rows, its counters, and who looks at its pages. */
import { randomBytes } from 'node:crypto'
import type { Shelf } from '../lib/shelf.ts'
import type * as M from './model.ts'
import type { PortalRow, Settings } from './settings.ts'
import { openTable } from '../lib/tables.ts'
import type { Table } from '../lib/tables.ts'

const USUAL: Settings = {
  ...{ tokenLifeS: 3600, refreshLifeDays: 180, refreshGraceS: 0, bucketSize: 50, bucketDrainPerS: 2 },
  ...{ operatingLimitS: 480, operatingCostS: 0.05, operatingCosts: {}, echo: true, gaps: false, installEventMs: 0, eventMs: 0 },
  ...{ signatureStyle: 'both', crmMode: 1, offlineExtended: true, isFree: false, isDeleted: false, isAway: false },
  ...{ isOverloaded: false, isMobile: false, confirm: {}, webhook: '', modules: { imconnector: true, bizproc: true } },
}

export type NewPortal = { id?: string; name?: string; lang?: string; license?: string; employees?: number; port?: number }

type Counter = { id: string; value: number }

export type Portal = ReturnType<typeof openPortal>

/** The portal with this member id, as it was left. */
export function openPortal(shelf: Shelf, portals: Table<PortalRow>, first: PortalRow) {
  const { id } = first
  const table = <T extends { id: string | number }>(name: string): Table<T> => openTable(shelf.drawer<T>(`${id}/${name}`))
  const counters = table<Counter>('counters')
  const pages = new Set<(event: object) => void>()
  const row = (): PortalRow => portals.get(id) ?? first
  return {
    id,
    row,
    settings: (): Settings => row().settings,
    set: (patch: Partial<PortalRow>): void => void portals.change(id, patch),
    users: table<M.User>('users'),
    departments: table<M.Department>('departments'),
    installs: table<M.Install>('installs'),
    lines: table<M.Line>('lines'),
    connectors: table<M.Connector>('connectors'),
    channels: table<M.Channel>('channels'),
    guests: table<M.Guest>('guests'),
    dialogs: table<M.Dialog>('dialogs'),
    sessions: table<M.Session>('sessions'),
    bubbles: table<M.Bubble>('bubbles'),
    files: table<M.PortalFile>('files'),
    handlers: table<M.Handler>('handlers'),
    offline: table<M.OfflineEvent>('offline'),
    placements: table<M.Placement>('placements'),
    items: table<M.Item>('items'),
    statuses: table<M.CrmStatus>('statuses'),
    categories: table<M.Category>('categories'),
    activities: table<M.Activity>('activities'),
    badges: table<{ id: string; fields: Record<string, unknown> }>('badges'),
    robots: table<M.Robot>('robots'),
    robotRuns: table<M.RobotRun>('robot-runs'),
    senders: table<M.Sender>('senders'),
    sms: table<M.Sms>('sms'),
    calls: table<M.CallRow>('calls'),
    externalLines: table<{ id: string; name: string; clientId: string; crmAutoCreate: string }>('external-lines'),
    notices: table<M.Notice>('notices'),
    got: table<M.Got>('got'),
    told: table<M.Told>('told'),
    /** The next number of a kind; the first one is `from`. */
    nextId(kind: string, from = 1): number {
      const value = (counters.get(kind)?.value ?? from - 1) + 1
      counters.put({ id: kind, value })
      return value
    },
    /** Open pages hear that something changed. */
    watch(page: (event: object) => void): () => void {
      pages.add(page)
      return () => pages.delete(page)
    },
    tellPages(event: object): void {
      for (const page of pages) page(event)
    },
  }
}

/** A portal's row; `domain` is filled in when it listens. */
export function newPortalRow(id: string, name: string, more: Partial<PortalRow> = {}): PortalRow {
  return { id, name, domain: '', port: 0, oldPorts: [], lang: 'la', license: 'pro100', settings: USUAL, ...more }
}

export function makeMemberId(): string {
  return randomBytes(16).toString('hex')
}

/** The last so many rows: what is only kept to be asked for does not grow for ever. */
export function keepLast<T extends { id: number }>(table: Table<T>, row: T, most: number): void {
  table.put(row)
  if (table.size() > most) table.drop(row.id - most)
}
