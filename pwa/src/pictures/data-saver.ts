/** Lighter photos for expensive data: what the person chose on this phone, else what the browser asks for. */
import { createSignal } from 'solid-js'

const STORED = 'data-saver'

declare global {
  interface Navigator {
    /** Chromium only. */
    readonly connection?: { readonly saveData?: boolean }
  }
}

const [saves, setSaves] = createSignal(stored())

function stored(): boolean {
  const chosen = globalThis.localStorage?.getItem(STORED)
  return chosen === null || chosen === undefined ? navigator.connection?.saveData === true : chosen === 'on'
}

/** Are photos to be as light as can be? */
export const savesData = saves

export function setSavesData(on: boolean): void {
  localStorage.setItem(STORED, on ? 'on' : 'off')
  setSaves(on)
}
