/**
 * Before a deployment: brings the files of earlier versions along, so that a phone that still runs one finds its parts.
 * `node scripts/keep-assets.ts https://app.example.com`, between the build and `wrangler deploy`. What is served now says
 * itself what it has, so any machine can deploy.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const PWA = join(import.meta.dirname, '..', 'dist', 'pwa')
/** As long as an app may stay open without being loaded again. */
const KEEP_MS = 14 * 24 * 3_600_000

/** `kept`: files of earlier versions, and since when they are of an earlier one. */
/** Plain names only: they become files. */
const FileName = z.string().regex(/^\w[\w.~-]*$/)
const Listed = z.object({ current: z.array(FileName), kept: z.record(FileName, z.iso.datetime()) })
type Listed = z.infer<typeof Listed>

/** What the next version serves beside its own files. */
export function keptFrom(served: Listed, current: readonly string[], now: Date): Listed['kept'] {
  const own = new Set(current)
  const before = Object.entries(served.kept)
  const replaced = served.current.map((file) => [file, now.toISOString()] as const)
  const isYoung = ([, since]: readonly [string, string]) => now.getTime() - Date.parse(since) < KEEP_MS
  return Object.fromEntries([...before, ...replaced].filter((entry) => !own.has(entry[0]) && isYoung(entry)))
}

/** Writes down which files a version has. */
export function listAssets(folder = PWA, kept: Listed['kept'] = {}): Listed {
  const files = readdirSync(join(folder, 'assets'))
  const listed = { current: files.filter((file) => !(file in kept)), kept }
  writeFileSync(join(folder, 'assets.json'), JSON.stringify(listed))
  return listed
}

/** Fetches from what is served now all that the built version must still have. Gives how many files that were. */
export async function keepAssets(address: string, folder = PWA, now = new Date()): Promise<number> {
  if (!existsSync(join(folder, 'assets.json'))) throw new Error('Nothing is built: run `npm run build` first.')
  const { current } = Listed.parse(JSON.parse(readFileSync(join(folder, 'assets.json'), 'utf8')))
  const kept = keptFrom(await servedBy(address), current, now)
  for (const file of Object.keys(kept)) {
    const response = await fetch(new URL(`/assets/${file}`, address))
    if (!response.ok) throw new Error(`${file} could not be fetched: ${response.status}`)
    writeFileSync(join(folder, 'assets', file), new Uint8Array(await response.arrayBuffer()))
  }
  listAssets(folder, kept)
  return Object.keys(kept).length
}

async function servedBy(address: string): Promise<Listed> {
  const response = await fetch(new URL('/assets.json', address))
  // A first deployment, or a version that kept no list: there is nothing to bring along.
  if (!response.ok || !response.headers.get('content-type')?.startsWith('application/json')) return { current: [], kept: {} }
  return Listed.parse(await response.json())
}

if (import.meta.main) {
  const [, , address] = process.argv
  if (!address) throw new Error('Say where the app is served: node scripts/keep-assets.ts https://app.example.com')
  console.log(`${await keepAssets(address)} files of earlier versions are kept.`)
}
