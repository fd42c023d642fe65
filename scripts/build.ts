/** Builds what runs in production: the app (dist/pwa) and the Worker (dist/worker), each only when its sources changed. */
import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { listAssets } from './keep-assets.ts'

const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const run = promisify(execFile)

type Target = {
  name: 'pwa' | 'worker'
  title: string
  sources: string[]
  /** The file without which it is not built. */
  result: string
  build: (into: string) => Promise<unknown>
}

const BIN = join(ROOT, 'node_modules', '.bin')
/** The tools find the Node of the lockfile first, and build for production, whoever asks: npm, a test, a script. */
const TOOL_ENV = {
  ...process.env,
  PATH: `${BIN}${delimiter}${process.env['PATH']}`,
  NODE_ENV: 'production',
  VITEST: '',
  WRANGLER_SEND_METRICS: 'false',
  CI: '1',
}

const tool = (name: string, args: string[], cwd: string) => run(join(BIN, name), args, { cwd, env: TOOL_ENV })

const TARGETS: Target[] = [
  {
    name: 'pwa',
    title: 'la aplicación',
    sources: ['pwa', 'contract', 'package-lock.json'],
    result: 'index.html',
    build: async (into) => {
      await tool('vite', ['build', '--logLevel', 'error', '--outDir', into], join(ROOT, 'pwa'))
      listAssets(into)
    },
  },
  {
    name: 'worker',
    title: 'el Worker',
    sources: ['worker', 'contract', 'wrangler.toml', 'package-lock.json'],
    result: 'index.js',
    build: (into) => {
      mkdirSync(join(ROOT, 'dist/pwa'), { recursive: true })
      // Nothing is deployed and nobody is asked: it only writes the bundle that a deployment would send.
      return tool('wrangler', ['deploy', '--dry-run', '--minify', '--outdir', into], ROOT)
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
    const stamp = join(DIST, `${target.name}.stamp`)
    const now = fingerprint(target.sources)
    if (existsSync(join(DIST, target.name, target.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) continue
    say(`Preparando ${target.title} …`)
    mkdirSync(DIST, { recursive: true })
    await replaceFolder(join(DIST, target.name), target.build)
    writeFileSync(stamp, now)
  }
}

/** Made beside its place and moved there whole: whoever reads it meanwhile sees the old one or the new one. */
async function replaceFolder(folder: string, make: (into: string) => Promise<unknown>): Promise<void> {
  const [fresh, old] = [`${folder}.new-${process.pid}`, `${folder}.old-${process.pid}`]
  try {
    await make(fresh)
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(fresh, folder)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(old, { recursive: true, force: true })
  }
}

/** A copy of what was built, for one running house: a later build must not take its pages away. */
export function copyBuilt(into: string): void {
  rmSync(into, { recursive: true, force: true })
  mkdirSync(join(into, 'pwa'), { recursive: true })
  cpSync(join(DIST, 'worker', 'index.js'), join(into, 'worker', 'index.js'))
  if (existsSync(join(DIST, 'pwa'))) cpSync(join(DIST, 'pwa'), join(into, 'pwa'), { recursive: true })
}

if (import.meta.main) await build(console.log)
