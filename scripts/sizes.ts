/** What the built app weighs on its way to a phone, in kB of gzip, and what it may weigh at most (reference/pwa.md §10.1). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const PWA = join(import.meta.dirname, '..', 'dist', 'pwa')

export const WEIGHED = ['firstLoad', 'thread', 'serviceWorker', 'styles', 'fonts', 'precache'] as const
export type Sizes = Record<(typeof WEIGHED)[number], number>

/** `goal` is aimed at, above `most` something has slipped in: the tests fail. */
export const BUDGETS: Record<keyof Sizes, { goal: number; most: number }> = {
  firstLoad: { goal: 60, most: 70 },
  thread: { goal: 35, most: 35 },
  serviceWorker: { goal: 12, most: 12 },
  styles: { goal: 20, most: 20 },
  fonts: { goal: 80, most: 80 },
  precache: { goal: 350, most: 350 },
}

/** Measures what `npm run build` made. */
export function sizesOfApp(folder = PWA): Sizes {
  const read = (file: string) => readFileSync(join(folder, file))
  const weight = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).byteLength / 1000, 0)
  const assets = readdirSync(join(folder, 'assets')).map((file) => `assets/${file}`)
  const html = read('index.html').toString()
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].flatMap(([, name]) => name ?? [])
  const first = withImports(named, read)
  const chat = assets.filter((file) => /\/chat-screen-[\w-]+\.js$/.test(file))
  if (chat.length !== 1) throw new Error(`the chat's screen is in ${chat.length} files`)
  const worker = read('service-worker.js').toString()
  return {
    firstLoad: weight(first),
    thread: weight([...withImports(chat, read)].filter((file) => !first.has(file))),
    serviceWorker: weight(['service-worker.js']),
    styles: weight(assets.filter((file) => /\/shell-[\w-]+\.css$/.test(file))),
    fonts: weight(assets.filter((file) => file.endsWith('.woff2'))),
    // A phone keeps the words of one language (pwa/src/worker/words.ts).
    precache: weight(assets.filter((file) => worker.includes(file) && !/\.(en|pt)-/.test(file))),
  }
}

/** Files and all that they import before they run. */
function withImports(files: readonly string[], read: (file: string) => Buffer): Set<string> {
  const all = new Set<string>()
  const add = (file: string) => {
    if (all.has(file)) return
    all.add(file)
    for (const [, name] of read(file)
      .toString()
      .matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      add(`assets/${name}`)
  }
  files.forEach(add)
  return all
}
