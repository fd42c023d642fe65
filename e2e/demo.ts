/** What a browser test starts from: the demo account, and a page that is signed in. */
import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import type { DemoFile } from '../scripts/house.ts'

type Demo = DemoFile

function readDemo(): Demo {
  const file = process.env['E2E_DEMO']
  if (!file) throw new Error('E2E_DEMO is not set: run through playwright.config.ts')
  return JSON.parse(readFileSync(file, 'utf8'))
}

type Fixtures = {
  demo: Demo
  /** The app, signed in as the demo agent, on the inbox. */
  agent: Page
  /** The customer's phone, on the first demo number. */
  customer: Page
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from here.
  demo: async ({}, use) => use(readDemo()),
  agent: async ({ page, demo }, use) => {
    const person = demo.people.find(({ role }) => role === 'agent')
    if (!person) throw new Error('the demo has no agent')
    await page.goto(demo.address)
    await page.getByLabel(/correo|e-?mail/i).fill(person.email)
    await page.getByLabel(/contrase|password|senha/i).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/chats/)
    await use(page)
  },
  customer: async ({ context, demo }, use) => {
    const page = await context.newPage()
    await page.goto(demo.simulators.phone)
    await use(page)
  },
})

export { expect }
