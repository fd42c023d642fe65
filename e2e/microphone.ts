/** A browser with a microphone into which somebody beeps once a second, and what of it arrives at a customer's phone. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import config from '../playwright.config.ts'

const base = config.use?.launchOptions ?? {}

export const WITH_MICROPHONE = {
  ...base,
  args: [...(base.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
}

/** The button where one speaks. */
export const mic = (page: Page) => page.getByRole('button', { name: 'Grabar una nota de voz' })
/** The recorder, in the place of the composer's text. */
export const recorder = (page: Page) => page.getByRole('group', { name: 'Nota de voz' })

/** Until something has been said. */
export async function speak(page: Page, time = /0:0[1-9]/): Promise<void> {
  await expect(recorder(page).getByRole('timer')).toHaveText(time)
}

type OnPhone = {
  id: string
  direction: 'in' | 'out'
  kind: string
  text: string | null
  media: { id: string; mime: string; size: number } | null
}

/** What the customer's phone has of us, oldest first. */
export async function onPhone(simulators: { phone: string }, customer: string, number: string): Promise<OnPhone[]> {
  const response = await fetch(`${simulators.phone}api/messages?${new URLSearchParams({ customer, number })}`)
  const { items } = (await response.json()) as { items: OnPhone[] }
  return items.filter(({ direction }) => direction === 'out')
}

export async function bytesOnPhone(simulators: { phone: string }, mediaId: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(`${simulators.phone}api/media/${mediaId}`)).arrayBuffer())
}

/** Ends a browser as a dead battery would: every process that was started with this profile, at once. */
export function killBrowser(profile: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`))
        process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It has gone by itself.
    }
  }
}
