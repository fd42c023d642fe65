/** What a browser test starts from: the demo account, a page that is signed in, and a customer nobody else knows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import type { DemoFile } from '../scripts/house.ts'
import { DATA_DIR, quietInbox, Simulators } from './outside.ts'

type Demo = DemoFile
type Role = Demo['people'][number]['role']

function readDemo(): Demo {
  return JSON.parse(readFileSync(join(DATA_DIR, 'demo.json'), 'utf8'))
}

/** A person outside, with a number and a name of their own. */
export type Customer = {
  name: string
  /** Digits with country code. */
  phone: string
  /** Their phone, in a browser of its own, with the chat with this number open. */
  phonePage(number?: string): Promise<Page>
}

type Fixtures = {
  tidy: void
  demo: Demo
  sim: Simulators
  /** The first demo number: Meta. */
  number: Demo['channels'][number]
  /** The app, signed in as the demo agent, on the inbox. */
  agent: Page
  customer: Customer
}

/** Eight digits from the test's own name: the same in each run, others in each test and size. */
function digitsOf(name: string): string {
  let hash = 7
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 89_999_999
  return String(10_000_000 + hash)
}

export async function signIn(page: Page, demo: Demo, person: Demo['people'][number]): Promise<void> {
  await page.goto(demo.address)
  await page.getByLabel('Correo').fill(person.email)
  await page.getByLabel('Clave', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Entrar', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
}

/** Opens the app for somebody who has signed in on this browser before: the form has tests of its own. */
async function enter(page: Page, demo: Demo, { email, password }: Demo['people'][number]): Promise<void> {
  const answer = await page.request.post(`${demo.address}/api/session`, {
    data: { email, password },
    headers: { origin: demo.address },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  await page.goto(demo.address)
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
}

/** Another person of the account, in a browser of their own. */
export async function colleague(browser: Browser, demo: Demo, role: Role, more: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ ...test.info().project.use, ...more })).newPage()
  await enter(page, demo, personOf(demo, role))
  return page
}

export function personOf(demo: Demo, role: Role): Demo['people'][number] {
  const person = demo.people.findLast((one) => one.role === role)
  if (!person) throw new Error(`the demo has no ${role}`)
  return person
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from here.
  demo: async ({}, use) => use(readDemo()),
  // Always: nobody stays behind. A browser that is left open goes on hearing, and slows down all that come after.
  tidy: [
    async ({ browser, context }, use) => {
      await use()
      await Promise.all(browser.contexts().map((one) => (one === context ? null : one.close())))
    },
    { auto: true },
  ],
  // Always: each test begins with a quiet inbox and leaves a world that behaves.
  sim: [
    async ({ demo }, use) => {
      await quietInbox()
      const sim = new Simulators(demo.simulators.control)
      await use(sim)
      await sim.behave()
    },
    { auto: true },
  ],
  number: async ({ demo }, use) => {
    const [first] = demo.channels
    if (!first) throw new Error('the demo has no numbers')
    await use(first)
  },
  agent: async ({ page, demo }, use) => {
    const [person] = demo.people
    if (!person) throw new Error('the demo has nobody')
    await enter(page, demo, person)
    await use(page)
  },
  customer: async ({ browser, demo, number }, use, info) => {
    const digits = digitsOf(info.testId)
    const [name, phone] = [`Rosa Huamán ${digits.slice(-4)}`, `5939${digits}`]
    // Whatever the agent holds, a customer holds a phone.
    const context = await browser.newContext({ ...info.project.use, viewport: { width: 390, height: 844 } })
    await use({
      ...{ name, phone },
      async phonePage(to = number.phone) {
        const page = await context.newPage()
        await page.goto(`${demo.simulators.phone}?${new URLSearchParams({ customer: phone, name, number: to })}`)
        await expect(page.getByRole('textbox', { name: 'Mensaje' })).toBeVisible()
        return page
      },
    })
    await context.close()
  },
})

export { expect }
