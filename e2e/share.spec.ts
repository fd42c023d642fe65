import { violations } from './barriers.ts'
import { expect, test } from './demo.ts'
import { tick } from './desk.ts'
import { onPhone } from './microphone.ts'

test.use({ serviceWorkers: 'allow' })

test('what another app shares is sent to the chat that is picked; a video is refused @phone', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿lo tiene?', customerName: customer.name })
  await expect(agent.getByRole('link').filter({ hasText: customer.name })).toBeVisible()
  await agent.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const manifest = await agent.evaluate(async () => (await fetch('/manifest.webmanifest')).json())
  expect(manifest.share_target).toMatchObject({ action: '/share', method: 'POST' })

  // The system posts this form; the service worker takes it.
  await agent.evaluate(() => {
    const form = document.createElement('form')
    Object.assign(form, { action: '/share', method: 'POST', enctype: 'multipart/form-data' })
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', name: 'files', multiple: true })
    const files = new DataTransfer()
    files.items.add(new File(['%PDF-1.4\n%%EOF'], 'recibo.pdf', { type: 'application/pdf' }))
    files.items.add(new File(['x'], 'fiesta.mp4', { type: 'video/mp4' }))
    input.files = files.files
    const text = document.createElement('input')
    Object.assign(text, { name: 'text', value: 'El recibo de hoy' })
    form.append(input, text)
    document.body.append(form)
    form.submit()
  })
  await expect(agent.getByRole('heading', { name: 'Compartir', level: 1 })).toBeVisible()
  await expect(agent.getByText('Solo desde números que permiten video')).toBeVisible()
  await agent.screenshot({ path: test.info().outputPath('share.png') })
  expect(await violations(agent), 'share').toEqual([])
  await agent.getByRole('searchbox', { name: 'Elija a quién enviarlo' }).fill(customer.name)
  await agent.getByRole('link').filter({ hasText: customer.name }).last().click()

  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('El recibo de hoy')
  await expect(agent.getByRole('button', { name: 'Quitar recibo.pdf' })).toBeVisible()
  await expect(agent.getByRole('alert').filter({ hasText: 'No se permite enviar videos' })).toBeVisible()
  await agent.getByRole('button', { name: 'Enviar', exact: true }).click()
  await expect(tick(agent.getByRole('article').last(), 'Entregado')).toBeVisible()
  expect(await onPhone(demo.simulators, customer.phone, number.phone)).toMatchObject([
    { kind: 'document', text: 'El recibo de hoy' },
  ])
})
