/** Templates as an agent sends them and a supervisor looks after them: CRM-42, CRM-68, B24-24. */
import { openChat, show, slip, tick, write } from './desk.ts'
import { colleague, expect, test } from './demo.ts'

const DAY_MS = 24 * 3_600_000

test('after 24 hours an agent sends a template, filled on the phone, and keeps what was being written @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const { phone, name: customerName } = customer
  await sim.writes(phone, { to: number.phone, text: 'Hola', customerName })
  await openChat(agent, customerName)
  await write(agent, 'Buenos días')
  await expect(tick(slip(agent, 'Buenos días'), 'Entregado')).toBeVisible()
  await agent.getByRole('textbox', { name: 'Mensaje' }).fill('Le cuento que su caso')
  // A day goes by; the customer reads, and says nothing.
  await sim.ages(phone, DAY_MS + 60_000)
  await sim.reads(phone, number.phone)
  await expect(agent.getByText(/Pasaron 24 horas/)).toBeVisible()
  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Le cuento que su caso')
  await show(agent, 'window-closed')

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
  await show(agent, 'template-filled')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()

  const sent = slip(agent, 'Buenos días, Rosa. Su cuota de $ 184,20 vence el 30 de noviembre.')
  await expect(tick(sent, 'Entregado')).toBeVisible()
  await expect(sent.getByText('Recordatorio de pago')).toBeVisible()
  await expect(sent.getByText('Necesito ayuda')).toBeVisible()
  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Le cuento que su caso')
  await show(agent, 'template-sent')
  expect(await sim.received(phone, 'template')).toHaveLength(1)
})

test('a template with a file in its header goes with the file, one with named variables by their names @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const { phone, name: customerName } = customer
  await sim.writes(phone, { to: number.phone, text: 'Hola', customerName })
  await openChat(agent, customerName)
  // While the window is open, templates are two taps away.
  const open = async (name: string) => {
    await agent.getByRole('button', { name: 'Rápidas' }).click()
    await agent.getByRole('button', { name: 'Plantillas de WhatsApp' }).click()
    await agent
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(name) })
      .click()
  }
  await open('comprobante')
  const sheet = agent.getByRole('dialog')
  await sheet.getByLabel('Dato 1').fill('Rosa')
  await sheet.getByRole('button', { name: 'Enviar plantilla' }).click()
  await expect(sheet.getByText('Falta completar: el archivo del encabezado.')).toBeVisible()
  const buffer = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')
  await sheet.getByLabel('PDF del encabezado').setInputFiles({ name: 'recibo.pdf', mimeType: 'application/pdf', buffer })
  await show(agent, 'template-with-file')
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

test('a supervisor makes a template, sees it approved, and reads why another was rejected @tablet', async ({
  browser,
  demo,
}, info) => {
  const supervisor = await colleague(browser, demo, 'supervisor')
  const mark = `${info.project.name}_${info.retry}`
  await supervisor.goto(`${demo.address}/settings/templates`)
  const row = (name: string) => supervisor.getByRole('listitem').filter({ hasText: name })
  await expect(row('aviso_rechazado').getByText('PROMOTIONAL')).toBeVisible()
  await show(supervisor, 'templates')

  const begin = async (name: string, body: string) => {
    await supervisor.getByRole('button', { name: 'Nueva plantilla' }).click()
    const sheet = supervisor.getByRole('dialog', { name: 'Nueva plantilla' })
    await sheet.getByLabel('Nombre').fill(name)
    await sheet.getByLabel('Texto', { exact: true }).fill(body)
    return sheet
  }
  const sheet = await begin(`Aviso ${mark}`, 'Hola {{1}}, le recordamos su cuota de {{2}}')
  await sheet.getByRole('button', { name: 'Enviar a revisión' }).click()
  const problems = sheet.getByRole('alert').filter({ hasText: 'Corrija esto' })
  await expect(problems.getByText('El nombre solo lleva letras minúsculas')).toBeVisible()
  await expect(problems.getByText('El texto no puede empezar ni terminar con una variable')).toBeVisible()
  await expect(problems.getByText('Falta el ejemplo de la variable «1»')).toBeVisible()
  await problems.scrollIntoViewIfNeeded()
  await show(supervisor, 'template-problems')
  await sheet.getByLabel('Nombre').fill(`aviso_${mark}`)
  await sheet.getByLabel('Texto', { exact: true }).fill('Hola {{1}}, le recordamos su cuota de {{2}} de este mes.')
  await sheet.getByLabel('Ejemplo de {{1}}').fill('Rosa')
  await sheet.getByLabel('Ejemplo de {{2}}').fill('$ 184,20')
  await sheet.getByRole('button', { name: 'Agregar botón' }).click()
  await sheet.getByLabel('Texto del botón').fill('Ya pagué')
  await show(supervisor, 'template-editor')
  await sheet.getByRole('button', { name: 'Enviar a revisión' }).click()
  // No reload: WhatsApp's news come by its webhook.
  await expect(row(`aviso_${mark}`).getByText('Aprobada')).toBeVisible()

  const bad = await begin(`malo_${mark}`, 'Gane dinero ya sin hacer nada.')
  await bad.getByRole('button', { name: 'Enviar a revisión' }).click()
  await expect(row(`malo_${mark}`).getByText('Rechazada')).toBeVisible()
  await row(`malo_${mark}`).getByRole('button').click()
  const view = supervisor.getByRole('dialog', { name: `malo_${mark}` })
  await expect(
    view.getByText('Lo que dice el proveedor: Su texto es publicidad y la categoría es otra. (PROMOTIONAL)'),
  ).toBeVisible()
  await show(supervisor, 'template-rejected')

  // Mended and handed in again, then deleted.
  await view.getByRole('button', { name: 'Cambiar' }).click()
  const edit = supervisor.getByRole('dialog', { name: 'Cambiar la plantilla' })
  await edit.getByLabel('Texto', { exact: true }).fill('Le damos la bienvenida.')
  await edit.getByRole('button', { name: 'Enviar a revisión' }).click()
  await expect(row(`malo_${mark}`).getByText('Aprobada')).toBeVisible()
  await row(`malo_${mark}`).getByRole('button').click()
  await view.getByRole('button', { name: 'Eliminar' }).click()
  await view.getByRole('button', { name: 'Eliminar' }).click()
  await expect(row(`malo_${mark}`)).toBeHidden()
  await supervisor.context().close()
})
