/** Parts of the app that are loaded when they are needed, over a network that may be away just then. */
import { lazy } from 'solid-js'

/** Half a minute in all: a server that starts again, a lift, a tunnel. */
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]

let onMissing: () => Promise<unknown> = async () => undefined

/** Told when a part cannot be fetched though there is a network: it may belong to a version that is no longer served. */
export function whenMissing(run: typeof onMissing): void {
  onMissing = run
}

/** Loads, and tries again while that fails. Throws the last failure: what is not there by then is not there any more. */
export function untilLoaded<T>(load: () => Promise<T>, pause: (ms: number) => Promise<unknown> = wait): () => Promise<T> {
  return async () => {
    for (const ms of AGAIN_MS) {
      try {
        return await load()
      } catch {
        // A second failure is no hiccup.
        if (ms === AGAIN_MS[1] && navigator.onLine) void onMissing().catch(() => undefined)
        await pause(ms)
      }
    }
    return load()
  }
}

/** As Solid's lazy. A part whose file is late appears late, and takes nothing else from the screen. Words come with it. */
export const lazyPart: typeof lazy = (load) =>
  lazy(untilLoaded(async () => (await Promise.all([load(), import('../text/text.ts').then(({ loadText }) => loadText())]))[0]))

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))
