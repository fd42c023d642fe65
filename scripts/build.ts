/** Builds what runs in production: the app (dist/pwa) and the Worker (dist/worker), each only when its sources changed. */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '..')
const run = promisify(execFile)

type Target = { name: string; title: string; sources: string[]; result: string; build: () => Promise<void> }

const bin = (name: string): string => join(ROOT, 'node_modules', '.bin', name)

const TARGETS: Target[] = [
  {
    name: 'pwa',
    title: 'la aplicación',
    sources: ['pwa', 'contract', 'package-lock.json'],
    result: 'dist/pwa/index.html',
    build: async () => void (await run(bin('vite'), ['build', '--logLevel', 'error'], { cwd: join(ROOT, 'pwa') })),
  },
  {
    name: 'worker',
    title: 'el Worker',
    sources: ['worker', 'contract', 'wrangler.toml', 'package-lock.json'],
    result: 'dist/worker/index.js',
    build: async () => {
      mkdirSync(join(ROOT, 'dist/pwa'), { recursive: true })
      // Nothing is deployed and nobody is asked: it only writes the bundle that a deployment would send.
      const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }
      await run(bin('wrangler'), ['deploy', '--dry-run', '--minify', '--outdir', 'dist/worker'], { cwd: ROOT, env })
    },
  },
]

function* filesBelow(path: string): Generator<string> {
  if (statSync(path).isFile()) return yield path
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || /\.test\.tsx?$/.test(entry.name)) continue
    yield* filesBelow(join(path, entry.name))
  }
}

function fingerprint(sources: string[]): string {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of [...filesBelow(join(ROOT, source))].toSorted())
      hash.update(file.slice(ROOT.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Builds what is out of date. `say` is told what takes time; `only` names one target. */
export async function build(say: (line: string) => void = () => undefined, only?: 'pwa' | 'worker'): Promise<void> {
  for (const target of TARGETS) {
    if (only && target.name !== only) continue
    const stamp = join(ROOT, 'dist', `${target.name}.stamp`)
    const now = fingerprint(target.sources)
    if (existsSync(join(ROOT, target.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    say(`Preparando ${target.title} …`)
    await target.build()
    mkdirSync(join(ROOT, 'dist'), { recursive: true })
    writeFileSync(stamp, now)
  }
}

if (import.meta.main) await build(console.log)
