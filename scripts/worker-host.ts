/**
 * Runs the Worker's bundle in workerd with real Durable Objects, Queues and R2, all kept below the data folder. Requests
 * go straight to workerd: no proxy of Node's stands in the way. Started by scripts/house.ts, ends with it.
 */
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import * as z from 'zod'
import { childNamed, remember } from './processes.ts'

const ROOT = join(import.meta.dirname, '..')
const MINUTE_MS = 60_000
/** Told to a host by a test that will not wait for the clock. */
export const A_MINUTE_IS_OVER = 'minute'
/** In the data folder: which process the runtime is. */
export const RUNTIME_FILE = 'runtime.pid'

export const HostOptions = z.object({
  port: z.number(),
  dataDir: z.string(),
  /** Folder with worker/index.js and pwa/: this house's own copy of what was built. */
  built: z.string(),
  bindings: z.record(z.string(), z.string()),
  logs: z.boolean(),
})
export type HostOptions = z.infer<typeof HostOptions>
/** What the host tells its parent: when workerd runs, and when it answers. */
export type HostNews = { ready: boolean; workerdPid: number | null }

/** The runtime's process, found among our children as soon as it is there: whoever ends us must be able to end it too. */
async function workerdPid(): Promise<number | null> {
  for (let tries = 0; tries < 200; tries += 1) {
    const pid = childNamed(process.pid, 'workerd')
    if (pid) return pid
    await new Promise((wake) => setTimeout(wake, 25))
  }
  return null
}

async function host(options: HostOptions): Promise<void> {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, 'wrangler.toml'))
  const bundle = join(options.built, 'worker')
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
      resourcePersistencePath: join(options.dataDir, 'worker'),
      unsafeHandleRuntimeRestart: () => process.exit(1),
      handleStructuredLogs: ({ message }) => {
        if (options.logs) process.stdout.write(`${message}\n`)
      },
      workers: [
        {
          ...workerOptions,
          ...(workerOptions.assets ? { assets: { ...workerOptions.assets, directory: join(options.built, 'pwa') } } : {}),
          name: 'whatsappb24',
          rootPath: bundle,
          modulesRoot: bundle,
          modules: [{ type: 'ESModule', path: join(bundle, 'index.js') }],
          bindings: options.bindings,
          unsafeDirectSockets: [{ host: '127.0.0.1', port: options.port }],
        },
      ],
    }),
  )
  const leave = (): void => {
    void miniflare.dispose().finally(() => process.exit(0))
    setTimeout(() => process.exit(1), 5_000).unref()
  }
  process.on('SIGTERM', leave)

  const pid = await workerdPid()
  // Should all of us be killed at once, the next start finds the runtime by this.
  if (pid) remember(join(options.dataDir, RUNTIME_FILE), pid)
  process.send?.({ ready: false, workerdPid: pid } satisfies HostNews)
  await miniflare.ready
  process.send?.({ ready: true, workerdPid: pid } satisfies HostNews)
  if (pid) {
    // A killed runtime is started again by our parent, on the same data and port.
    setInterval(() => {
      try {
        process.kill(pid, 0)
      } catch {
        process.exit(1)
      }
    }, 250)
  }
  const worker = await miniflare.getWorker('whatsappb24')
  const minute = (): void => void worker.scheduled({ cron: '* * * * *' }).catch(() => undefined)
  setInterval(minute, MINUTE_MS)
  process.on('message', (message) => {
    if (message === A_MINUTE_IS_OVER) minute()
  })
}

if (import.meta.main) await host(HostOptions.parse(JSON.parse(process.env['WORKER_HOST'] ?? '{}')))
