/**
 * What a simulator remembers: named drawers of JSON values. Each change is one line on the disk before its effect is
 * seen, so a kill -9 loses nothing. Values are kept as text: nobody can change one that he only read.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { jsonIn } from './fields.ts'

export type Drawer<T> = {
  get(id: string): T | undefined
  put(id: string, value: T): void
  drop(id: string): void
  /** In the order in which they were put first. */
  ids(): string[]
  size(): number
}

export type Shelf = { drawer<T>(name: string): Drawer<T>; empty(): void; close(): void }

/** How values that JSON does not know are written: bytes, for one. */
export type Codec = {
  reviver?: (this: unknown, key: string, value: unknown) => unknown
  replacer?: (this: unknown, key: string, value: unknown) => unknown
}

type Line = readonly [drawer: string, id: string, value: string | null]

/** A shelf in `<dataDir>/sim/<name>.jsonl`; null: in memory alone. */
export function openShelf(dataDir: string | null, name: string, codec: Codec = {}): Shelf {
  const drawers = new Map<string, Map<string, string>>()
  const drawerOf = (wanted: string) => {
    const drawer = drawers.get(wanted) ?? new Map<string, string>()
    drawers.set(wanted, drawer)
    return drawer
  }
  const apply = ([of, id, value]: Line) => void (value === null ? drawerOf(of).delete(id) : drawerOf(of).set(id, value))
  const file = dataDir === null ? null : openFile(dataDir, name, apply, () => linesOf(drawers))
  const write = (line: Line) => {
    file?.write(line)
    apply(line)
  }
  return {
    drawer<T>(wanted: string): Drawer<T> {
      const drawer = drawerOf(wanted)
      return {
        get(id) {
          const text = drawer.get(id)
          return text === undefined ? undefined : JSON.parse(text, codec.reviver)
        },
        put: (id, value) => write([wanted, id, JSON.stringify(value, codec.replacer)]),
        drop: (id) => void (drawer.has(id) && write([wanted, id, null])),
        ids: () => [...drawer.keys()],
        size: () => drawer.size,
      }
    },
    empty() {
      for (const [of, drawer] of drawers) for (const id of drawer.keys()) write([of, id, null])
    },
    close: () => file?.close(),
  }
}

function* linesOf(drawers: ReadonlyMap<string, ReadonlyMap<string, string>>): Iterable<Line> {
  for (const [name, drawer] of drawers) for (const [id, value] of drawer) yield [name, id, value]
}

/** Reads what is there, writes it anew without what was dropped, and goes on at its end. */
function openFile(dataDir: string, name: string, apply: (line: Line) => void, all: () => Iterable<Line>) {
  const folder = join(dataDir, 'sim')
  const path = join(folder, `${name}.jsonl`)
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
