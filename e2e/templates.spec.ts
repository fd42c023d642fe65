/** Templates as an agent sends them and a supervisor looks after them: CRM-42, CRM-68, B24-24. */
import type { Page, TestInfo } from '@playwright/test'
import { openChat, slip, tick } from './desk.ts'
import { expect, test } from './demo.ts'

const DAY_MS = 24 * 3_600_000

/** Kept in the report, to be looked at by people. */
async function show(page: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await page.screenshot(), contentType: 'image/png' })
}

test('after 24 hours an agent sends a template, filled on the phone, and keeps what was being written', async ({
  agent,
  customer,
  sim,
  number,
}, info) => {
  const { phone, name: customerName } = customer
  await sim.writes(phone, { to: number.phone, text: 'Hola', customerName })
  await openChat(agent, customerName)
  await agent.getByRole('textbox', { name: 'Mensaje' }).fill('Le cuento que su caso')
  // A day goes by.
  await sim.ages(phone, DAY_MS + 60_000)
  await agent.goBack()
  await openChat(agent, customerName)
  await expect(agent.getByText(/Pasaron 24 horas/)).toBeVisible()
  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Le cuento que su caso')
  await show(agent, info, 'window-closed')

  await agent.getByRole('button', { name: 'Enviar una plantilla' }).click()
  const sheet = agent.getByRole('dialog')
  await sheet.getByLabel('Busque por nombre o texto').fill('recordatorio')
  await sheet.getByRole('button', { name: /recordatorio_pago/ }).click()
  await sheet.getByLabel('Dato 1').fill('Rosa')
  await sheet.getByLabel('Dato 2').fill('$ 184,20')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
  await expect(sheet.getByText('Falta completar: Dato 3.')).toBeVisible()
  await sheet.getByLabel('Dato 3').fill('30 de noviembre')
  await expect(sheet.getByText('Buenos días, Rosa. Su cuota de $ 184,20 vence el 30 de noviembre.')).toBeVisible()
  await show(agent, info, 'template-filled')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()

  const sent = slip(agent, 'Buenos días, Rosa. Su cuota de $ 184,20 vence el 30 de noviembre.')
  await expect(tick(sent, 'Entregado')).toBeVisible()
  await expect(sent.getByText('Recordatorio de pago')).toBeVisible()
  await expect(sent.getByText('Necesito ayuda')).toBeVisible()
  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Le cuento que su caso')
  await show(agent, info, 'template-sent')
  expect(await sim.received(phone, 'template')).toHaveLength(1)
})

test('a template with a file in its header goes with the file, one with named variables by their names', async ({
  agent,
  customer,
  sim,
  number,
}, info) => {
  const { phone, name: customerName } = customer
  await sim.writes(phone, { to: number.phone, text: 'Hola', customerName })
  await openChat(agent, customerName)
  // While the window is open, templates are two taps away.
  const open = async (name: string) => {
    await agent.getByRole('button', { name: 'Rápidas' }).click()
    await agent.getByRole('button', { name: 'Plantillas de WhatsApp' }).click()
    await agent.getByRole('dialog').getByRole('button', { name: new RegExp(name) }).click()
  }
  await open('comprobante')
  const sheet = agent.getByRole('dialog')
  await sheet.getByLabel('Dato 1').fill('Rosa')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
  await expect(sheet.getByText('Falta completar: el archivo del encabezado.')).toBeVisible()
  const buffer = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')
  await sheet.getByLabel('PDF del encabezado').setInputFiles({ name: 'recibo.pdf', mimeType: 'application/pdf', buffer })
  await show(agent, info, 'template-with-file')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
  const sent = slip(agent, 'Hola Rosa, le enviamos su comprobante.')
  await expect(tick(sent, 'Entregado')).toBeVisible()
  await expect(sent.getByText('recibo.pdf')).toBeVisible()

  await open('cita_confirmada')
  await sheet.getByLabel('cliente').fill('Rosa')
  await sheet.getByLabel('fecha').fill('lunes 10:00')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
  await expect(tick(slip(agent, 'Hola Rosa, su cita es el lunes 10:00.'), 'Entregado')).toBeVisible()
})
