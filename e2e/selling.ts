/** A company that buys a subscription for each of its numbers, and the plans that it may choose. */
import type { APIResponse, FrameLocator, Locator, Page } from '@playwright/test'
import * as z from 'zod'
import type { DemoFile } from '../scripts/house.ts'
import { colleague, expect } from './demo.ts'
import { sql, type Simulators } from './outside.ts'

/** As long as the app waits for a gateway, and then some. */
export const GATEWAY = { timeout: 40_000 }

const Made = z.looseObject({ id: z.string() })
const Channel = z.looseObject({ id: z.string(), hookUrl: z.string() })

async function made(answer: APIResponse): Promise<unknown> {
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

/** A Meta number that sends and receives, added by whoever is signed in on this page. */
async function addNumber(page: Page, demo: DemoFile, sim: Simulators, number: { name: string; phone: string }): Promise<void> {
  const id = `77${number.phone}`
  const keys = {
    wabaId: `88${number.phone}`,
    accessToken: `EAA${id}clave`,
    appSecret: `${id}secreto`,
    verifyToken: `${id}verifica`,
  }
  const there = { kind: 'meta', phoneNumberId: id, ...keys }
  await sim.adds({ ...there, ...number, hookUrl: null })
  const data = { name: number.name, phone: `+${number.phone}`, credentials: there }
  const answer = await page.request.post(`${demo.address}/api/channels`, { data, headers: { origin: demo.address } })
  await sim.adds({ ...there, ...number, hookUrl: Channel.parse(await made(answer)).hookUrl })
}

/** Signs a new company up, which needs a subscription for each number, unless it does not buy; it has these. Its id. */
export async function aNewCustomer(
  page: Page,
  demo: DemoFile,
  sim: Simulators,
  numbers: readonly { name: string; phone: string }[],
  buys = true,
): Promise<string> {
  const email = `nelly-${Date.now()}-${numbers[0]?.phone}@espiga.example`
  // From one address fewer companies may begin in an hour than all journeys together make.
  await sql("delete from sign_in_try where key like 'sign-up:%'")
  await page.goto(`${demo.address}/alta`)
  await page.getByLabel('Nombre de la empresa').fill('Panadería La Espiga')
  await page.getByLabel('Su nombre').fill('Nelly Cabrera')
  await page.getByLabel('Correo').fill(email)
  await page.getByLabel('Elija una clave').fill('montaña azul 1984')
  await page.getByRole('button', { name: 'Crear la empresa' }).click()
  await expect(page.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  const [company] = await sql<{ id: string }>(
    'insert into selling (account_id, is_on) select account_id, $2 from person where email = $1 returning account_id as id',
    [email, buys],
  )
  for (const number of numbers) await addNumber(page, demo, sim, number)
  return company?.id ?? ''
}

type Offer = { code: string; name: string; minor: number }
const priceOf = (minor: number) => ({
  ...{ minor, currency: 'USD', every: 'month', trialDays: 0, includedMessages: 0, promo: null },
})

/** Plans that are sold from now on, made by the operator. Gives what edits them and takes them off the shelf. */
export async function plansOnSale(browser: Parameters<typeof colleague>[0], demo: DemoFile, offers: readonly Offer[]) {
  const operator = await colleague(browser, demo, 'administrator')
  const put = async (path: string, data: object) =>
    Made.parse(
      await made(await operator.request.put(`${demo.address}/api/operator${path}`, { data, headers: { origin: demo.address } })),
    )
  const plans: z.infer<typeof Made>[] = []
  for (const { minor, ...offer } of offers) plans.push(await put('/plans', { ...offer, about: '', price: priceOf(minor) }))
  return {
    operator,
    async retire(): Promise<void> {
      for (const { id } of plans) await put(`/plans/${id}/retired`, { planId: id, isRetired: true })
    },
  }
}

/** A number on the page of subscriptions. */
export const cardOf = (page: Page | FrameLocator, number: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: new RegExp(`^${number}`) }) })

/** Chooses a plan and a gateway for a number, up to the last button. */
export async function picks(page: Page | FrameLocator, number: string, plan: string, gateway: string): Promise<void> {
  await cardOf(page, number).getByRole('button', { name: 'Suscribir' }).click()
  const sheet = page.getByRole('dialog', { name: `Suscripción de ${number}` })
  await sheet.getByRole('radio', { name: new RegExp(`^${plan}`) }).check()
  await sheet.getByRole('radio', { name: gateway }).check()
  await sheet.getByRole('button', { name: 'Ir a pagar' }).click()
}

/** As `picks`, until the gateway's own page stands where the app was. */
export async function choose(page: Page, number: string, plan: string, gateway: string): Promise<void> {
  await picks(page, number, plan, gateway)
  // A simulated gateway reads its descriptions when it is first asked: seconds, on a busy machine.
  await page.waitForURL(/\/stripe\/pay\/|\/webapps\/billing\/subscriptions/, GATEWAY)
}

/** Tops 50 up on the gateway's page, with the card that is chosen there, and comes back. */
export async function topUp(page: Page, { address }: DemoFile): Promise<void> {
  await page.goto(`${address}/settings/balance`)
  await page.getByRole('button', { name: /50/ }).click()
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  // A simulated gateway reads its descriptions when it is first asked: seconds, on a busy machine.
  await expect(page).toHaveURL(/\/stripe\/pay\//, GATEWAY)
  await page.getByRole('button', { name: 'Pagar con tarjeta' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Recarga acreditada' })).toBeVisible(GATEWAY)
}

/** Keeps a card on the gateway's page, where nothing is paid. */
export async function keepOnPage(page: Page, card: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Guardar una tarjeta' })).toBeVisible(GATEWAY)
  await page.getByRole('radio', { name: card }).check()
  await page.getByRole('button', { name: 'Guardar tarjeta' }).click()
}
