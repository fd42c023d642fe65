/**
 * What WhatsApp's side remembers: named drawers of JSON values. Each change is one line on the disk before its effect is
 * seen, so a kill -9 loses nothing. Values are kept as text: nobody can change one that he only read.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BufferJSON } from 'baileys'
import { jsonIn } from '../lib/fields.ts'

export type Drawer<T> = {
  get(id: string): T | undefined
  put(id: string, value: T): void
  drop(id: string): void
  /** In the order in which they were put first. */
  ids(): string[]
  size(): number
}

export type Shelf = { drawer<T>(name: string): Drawer<T>; empty(): void; close(): void }

type Line = readonly [drawer: string, id: string, value: string | null]

/** A shelf in `<dataDir>/sim/whatsapp-web.jsonl`; null: in memory alone. */
export function openShelf(dataDir: string | null): Shelf {
  const drawers = new Map<string, Map<string, string>>()
  const drawerOf = (name: string) => {
    const drawer = drawers.get(name) ?? new Map<string, string>()
    drawers.set(name, drawer)
    return drawer
  }
  const apply = ([name, id, value]: Line) => void (value === null ? drawerOf(name).delete(id) : drawerOf(name).set(id, value))
  const file = dataDir === null ? null : openFile(dataDir, apply, () => linesOf(drawers))
  const write = (line: Line) => {
    file?.write(line)
    apply(line)
  }
  return {
    drawer<T>(name: string): Drawer<T> {
      const drawer = drawerOf(name)
      return {
        get(id) {
          const text = drawer.get(id)
          return text === undefined ? undefined : JSON.parse(text, BufferJSON.reviver)
        },
        put: (id, value) => write([name, id, JSON.stringify(value, BufferJSON.replacer)]),
        drop: (id) => void (drawer.has(id) && write([name, id, null])),
        ids: () => [...drawer.keys()],
        size: () => drawer.size,
      }
    },
    empty() {
      for (const [name, drawer] of drawers) for (const id of drawer.keys()) write([name, id, null])
    },
    close: () => file?.close(),
  }
}

function* linesOf(drawers: ReadonlyMap<string, ReadonlyMap<string, string>>): Iterable<Line> {
  for (const [name, drawer] of drawers) for (const [id, value] of drawer) yield [name, id, value]
}

/** Reads what is there, writes it anew without what was dropped, and goes on at its end. */
function openFile(dataDir: string, apply: (line: Line) => void, all: () => Iterable<Line>) {
  const folder = join(dataDir, 'sim')
  const path = join(folder, 'whatsapp-web.jsonl')
  mkdirSync(folder, { recursive: true })
  for (const text of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const line = jsonIn(text)
    if (isLine(line)) apply(line)
  }
  writeFileSync(`${path}.new`, [...all()].map((line) => `${JSON.stringify(line)}\n`).join(''))
  renameSync(`${path}.new`, path)
  const file = openSync(path, 'a')
  let isOpen = true
  return {
    write: (line: Line) => void (isOpen && writeSync(file, `${JSON.stringify(line)}\n`)),
    close() {
      isOpen = false
      closeSync(file)
    },
  }
}

/** A process that was killed in the middle of a line leaves half a line: nobody saw its effect. */
function isLine(value: unknown): value is Line {
  return Array.isArray(value) && value.length === 3 && typeof value[0] === 'string' && typeof value[1] === 'string'
}
