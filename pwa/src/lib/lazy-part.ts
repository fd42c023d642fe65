/** Parts of the app that are loaded when they are needed, over a network that may be away just then. */
import { lazy } from 'solid-js'

/** Half a minute in all: a server that starts again, a lift, a tunnel. */
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]

/** Loads, and tries again while that fails. Throws the last failure: what is not there by then is not there any more. */
export function untilLoaded<T>(load: () => Promise<T>, pause: (ms: number) => Promise<unknown> = wait): () => Promise<T> {
  return async () => {
    for (const ms of AGAIN_MS) {
      try {
        return await load()
      } catch {
        await pause(ms)
      }
    }
    return load()
  }
}

/** As Solid's lazy. A part whose file is late appears late, and takes nothing else from the screen. */
export const lazyPart: typeof lazy = (load) => lazy(untilLoaded(load))

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))
