/** What an administrator sees and sets of a number without leaving the portal: B24-15, B24-22 to B24-31. */
import type { FrameLocator, Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from './demo.ts'
import { aJoinedPortal, openIn } from './portal.ts'

const Channel = z.looseObject({ id: z.string() })

/** Nothing of the frame is beside its edge: moderation refuses it, and on a phone nobody finds it. */
async function shown(page: Page, frame: FrameLocator, name: string): Promise<void> {
  const over = await frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
  expect(over, name).toBeLessThanOrEqual(0)
  await test.info().attach(name, { body: await page.screenshot(), contentType: 'image/png' })
}

for (const width of [390, 1280]) {
  test(`in the portal’s frame, ${width} wide: rule for new clients, number at its provider, limit, wallet, webhook, profile, templates, consents @desktop`, async ({
    page,
    demo,
    sim,
    customer,
    number,
  }) => {
    await page.setViewportSize({ width, height: 844 })
    const { portal, opened, ask } = await aJoinedPortal(demo, `Ajustes ${width}`)
    const phone = `59395${customer.phone.slice(-7)}`
    const [appId, apiKey, name] = [`app-${customer.phone}`, `sk_${customer.phone}`, `Portal ${phone.slice(-4)}`]
    const told = { quality: 'GREEN', limit: 'TIER_250', balance: 12.5 }
    await sim.adds({ kind: 'gupshup', appId, phone, name: 'Banco', appName: 'BancoPortal', hookUrl: null, apiKey, told })
    const credentials = { kind: 'gupshup', appName: 'BancoPortal', appId, access: 'partner', apiKey }
    const added = [await ask('/api/channels', { name, phone: `+${phone}`, credentials })]

    const [phoneNumberId, accessToken] = [`55${customer.phone}`, `EAA-${customer.phone}-frame`]
    const trial = { phone: `59394${customer.phone.slice(-7)}`, name: `Ensayo ${customer.phone.slice(-4)}` }
    await sim.adds({
      ...{ kind: 'meta', phoneNumberId, phone: trial.phone, name: 'Ensayo', wabaId: `77${customer.phone}`, accessToken },
      ...{ appSecret: 'secret-of-a-trial', verifyToken: 'none yet', hookUrl: null, told: { sandbox: true } },
    })
    const meta = { kind: 'meta', phoneNumberId, accessToken, appSecret: 'secret-of-a-trial' }
    added.push(await ask('/api/channels', { name: trial.name, phone: `+${trial.phone}`, credentials: meta }))
    expect(added).toMatchObject([{ name }, { name: trial.name }])

    await openIn(page, portal.domain, await opened(1))
    const frame = page.frameLocator('iframe')
    const settings = async (link: string | RegExp) => {
      await frame.getByRole('link', { name: 'Ajustes' }).first().click()
      await frame.getByRole('main').getByRole('link', { name: link }).first().click()
    }
    await settings(/Bitrix24/)
    const lines = frame.getByRole('region', { name: `Canales abiertos de ${portal.domain}` })
    await lines
      .getByRole('button', { name: /Sin número/ })
      .first()
      .click()
    const sheet = frame.getByRole('dialog')
    const label = await sheet.getByLabel('Número de WhatsApp').getByRole('option').filter({ hasText: name }).textContent()
    await sheet.getByLabel('Número de WhatsApp').selectOption({ label: label?.trim() ?? '' })
    await sheet.getByRole('button', { name: 'Vincular', exact: true }).click()
    // The pipelines are those of the CRM; what is chosen stands in the portal.
    const rule = sheet.getByLabel('Cuando el CRM no conoce al cliente')
    await rule.selectOption({ label: 'Crear una negociación en «Cobranza»' })
    await expect(frame.getByText('Regla guardada en Bitrix24.')).toBeVisible()
    // Wazzup’s "equal" or "first to answer".
    const turns = sheet.getByLabel('Quién atiende al cliente nuevo')
    await expect(turns).toHaveValue('evenly')
    await turns.selectOption({ label: 'Todos a la vez: el primero que contesta' })
    await expect
      .poll(async () => (await portal.rows('lines')).some((one) => JSON.stringify(one).includes('"QUEUE_TYPE":"all"')))
      .toBe(true)
    await expect(rule).toHaveValue('deal:4')
    await rule.scrollIntoViewIfNeeded()
    await shown(page, frame, 'client rule')

    await sheet.getByRole('link', { name: /Ajustes del número/ }).click()
    const part = (of: string) => frame.getByRole('region', { name: of, exact: true })
    const facts = part('En el proveedor')
    for (const fact of [
      'Consultado',
      'BancoPortal',
      appId,
      'En producción',
      'Alta',
      '250 clientes nuevos',
      'clave de un partner',
      '0 de 250',
    ])
      await expect(facts).toContainText(fact)
    await expect(facts).toContainText('El partner se cambia en Gupshup')
    await expect(facts.getByRole('meter', { name: 'Conversaciones empezadas en 24 horas' })).toHaveAttribute(
      'aria-valuemax',
      '250',
    )
    await facts.scrollIntoViewIfNeeded()
    await shown(page, frame, 'at the provider')
    await expect(part('Saldo y billetera')).toContainText('12,50')
    await part('Saldo y billetera')
      .getByLabel(/^Avisar si queda menos/)
      .fill('20')
    await part('Saldo y billetera').getByRole('button', { name: 'Guardar' }).click()
    await expect(frame.getByRole('status').getByText('Guardado.')).toBeVisible()
    await frame.getByRole('button', { name: 'Consultar' }).click()
    await expect(facts).toContainText('Queda poco saldo en la billetera')
    await frame.getByRole('button', { name: 'Conectar y probar' }).click()
    await expect(part('Aviso de mensajes (webhook)').getByRole('status')).toContainText('El proveedor llamó a esta dirección')
    await shown(page, frame, 'webhook')
    await frame.getByRole('button', { name: 'Cambiar: Perfil de empresa' }).click()
    const profile = frame.getByRole('dialog')
    await profile.getByLabel('Estado').fill('Atendemos de 8 a 18')
    await profile.getByLabel('Rubro').fill('Finance')
    await profile.getByLabel('Dirección').fill('Av. Loja 12')
    await profile.getByRole('button', { name: 'Guardar' }).click()
    await expect(profile).toBeHidden()
    await expect(part('Perfil de empresa')).toContainText('Av. Loja 12')
    await shown(page, frame, 'profile')

    // A number to try with says so where numbers are listed, too.
    await settings(/Números/)
    await frame.getByRole('link', { name: new RegExp(trial.name) }).click()
    await expect(frame.getByText('De prueba').first()).toBeVisible()
    await settings(/Números/)
    await expect(frame.getByRole('link', { name: new RegExp(trial.name) })).toContainText('De prueba')
    await shown(page, frame, 'numbers')
    await settings(/Plantillas/)
    await frame.getByLabel('Número', { exact: true }).selectOption(number.id)
    await expect(frame.getByRole('main').getByText('recordatorio_pago').first()).toBeVisible()
    await expect(frame.getByRole('main').getByText('Aprobada').first()).toBeVisible()
    await shown(page, frame, 'templates')
    await frame.getByRole('link', { name: 'Contactos' }).first().click()
    await frame.getByRole('link', { name: /Altas y bajas/ }).click()
    await expect(frame.getByRole('button', { name: 'Anotar' })).toBeVisible()
    await shown(page, frame, 'consents')
    // Others count what stands in the list of numbers.
    for (const one of added) await ask(`/api/channels/${Channel.parse(one).id}`, { archived: true }, 'PATCH')
  })
}
