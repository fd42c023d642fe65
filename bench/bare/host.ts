/** Runs the bare Worker in a workerd of its own: the same way as scripts/worker-host.ts, without a development proxy. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from 'miniflare'

export type Bare = { address: string; workerdPid: number; stop(): Promise<void> }

const HERE = import.meta.dirname
const ROOT = join(HERE, '..', '..')
const run = promisify(execFile)

/** Bundles and starts it; `bindings` are its variables (see worker.ts). */
export async function startBare(port: number, outdir: string, bindings: Record<string, string>): Promise<Bare> {
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' }
  const config = join(HERE, 'wrangler.toml')
  await run(join(ROOT, 'node_modules/.bin/wrangler'), ['deploy', '-c', config, '--dry-run', '--minify', '--outdir', outdir], {
    env,
  })
  const before = new Set(await children('workerd'))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
      workers: [
        {
          name: 'bare',
          rootPath: outdir,
          modulesRoot: outdir,
          compatibilityDate: '2026-11-01',
          compatibilityFlags: ['nodejs_compat'],
          modules: [{ type: 'ESModule', path: join(outdir, 'worker.js') }],
          bindings,
          unsafeDirectSockets: [{ host: '127.0.0.1', port }],
        },
      ],
    }),
  )
  await miniflare.ready
  const workerdPid = (await children('workerd')).find((pid) => !before.has(pid))
  if (workerdPid === undefined) throw new Error('the bare workerd is not to be found')
  return { address: `http://127.0.0.1:${port}`, workerdPid, stop: () => miniflare.dispose() }
}

async function children(name: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args='], { maxBuffer: 8_000_000 })
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/)
    return parent === String(process.pid) && line.includes(`/${name} `) ? [Number(pid)] : []
  })
}
