/** What sending will cost, said before it is sent: B24-97. */
import type { Page } from '@playwright/test'
import { colleague, expect, test } from './demo.ts'
import { openChat } from './desk.ts'
import { topUp } from './selling.ts'

const DAY_MS = 24 * 3_600_000

async function openTemplate(page: Page) {
  await page.getByRole('button', { name: 'Enviar una plantilla' }).click()
  return chosen(page)
}

async function chosen(page: Page) {
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: /recordatorio_pago/ }).click()
  return sheet
}

test('before a template goes out one reads what it costs, and whether the balance suffices; with an own account nothing is said', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const admin = await colleague(browser, demo, 'administrator')
  const pay = async (whoPays: 'client' | 'us') => {
    const url = `${demo.address}/api/operator/numbers/${number.id}/payer`
    const answer = await admin.request.put(url, { data: { whoPays }, headers: { origin: demo.address } })
    expect(answer.status(), await answer.text()).toBe(200)
  }
  await sim.writes(customer.phone, { to: number.phone, text: 'Hola', customerName: customer.name })
  await openChat(agent, customer.name)
  try {
    await pay('us')
    await topUp(admin, demo)
    // The customer has just written: a utility template is an answer.
    await agent.getByRole('button', { name: 'Rápidas' }).click()
    await agent.getByRole('button', { name: 'Plantillas de WhatsApp' }).click()
    await expect((await chosen(agent)).getByText('No tiene costo.')).toBeVisible()

    await sim.ages(customer.phone, DAY_MS + 60_000)
    await agent.reload()
    const sheet = await openTemplate(agent)
    // Agents see what it costs, not what the company has.
    await expect(sheet.getByText(/^Cuesta .*0,0142 \(Utilidad, Ecuador\)\.$/)).toBeVisible()
    await agent.keyboard.press('Escape')

    await admin.goto(demo.address)
    await openChat(admin, customer.name)
    await expect((await openTemplate(admin)).getByText(/^Cuesta .*0,0142 \(Utilidad, Ecuador\)\. Saldo: .*\d,\d\d/)).toBeVisible()
  } finally {
    await pay('client')
  }
  const [told, sheet] = await Promise.all([agent.waitForResponse(/billing\/estimates/), openTemplate(agent)])
  expect(told.status()).toBe(200)
  await expect(sheet.getByLabel('Dato 1')).toBeVisible()
  await expect(sheet.getByText(/Cuesta|costo/)).toHaveCount(0)
})
