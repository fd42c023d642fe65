/** A way between WhatsApp and the open line that somebody broke in the portal: found red with its remedy, mended by a tap, green, and mended there too. B24-89. */
import { z } from 'zod'
import { expect, test } from './demo.ts'
import { show } from './desk.ts'
import { aJoinedPortal, openIn } from './portal.ts'

/** A test asks the portal a dozen things, one after the other. */
const soon = { timeout: 30_000 }
const Handler = z.looseObject({ event: z.string(), handler: z.string() })

for (const width of [390, 1280]) {
  test(`in the portal’s frame, ${width} wide: what was broken in the portal is tested red, repaired, and green @desktop`, async ({
    page,
    demo,
    sim,
    customer,
  }) => {
    test.setTimeout(120_000)
    await page.setViewportSize({ width, height: 844 })
    const { portal, api, opened, aLine } = await aJoinedPortal(demo, `Reparar ${width}`)
    // One test after the other is more than a portal gets in a day.
    await portal.settings({ bucketSize: 500 })
    const own = customer.phone.slice(-7)
    const [phone, name] = [`5938${customer.phone.slice(-8)}`, `Reparar ${own}`]
    const { channelId: id, line } = await aLine(sim, { phone, name })

    await openIn(page, portal.domain, await opened(1))
    const frame = page.frameLocator('iframe')
    await frame.getByRole('link', { name: 'Ajustes' }).first().click()
    await frame
      .getByRole('main')
      .getByRole('link', { name: /Bitrix24/ })
      .click()
    await frame
      .getByRole('region', { name: `Canales abiertos de ${portal.domain}` })
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click()
    const sheet = frame.getByRole('dialog')
    const check = (of: string) => sheet.getByRole('listitem').filter({ hasText: of })
    const events = 'El portal nos avisa de lo que pasa'
    const [lineIsOn, connector] = ['El canal abierto existe y está encendido', 'El conector está activo en este canal abierto']
    const tap = (button: string) => sheet.getByRole('button', { name: button, exact: true }).click()
    const ourHandlers = async () =>
      z
        .array(Handler)
        .parse(await portal.rows('handlers'))
        .filter(({ event }) => event.toUpperCase() === 'ONIMCONNECTORMESSAGEADD')
    const channel = async () => (await portal.rows('channels')).find((one) => one['line'] === line)
    const isOn = async () => (await portal.rows('lines')).find((one) => one['id'] === line)?.['active']

    /** Red with its remedy; mended; green. */
    const redThenGreen = async (what: string, remedy: string, picture: string) => {
      await tap('Probar conexión')
      await expect(check(what)).toContainText('Falla', soon)
      await expect(check(what)).toContainText(remedy)
      await check(what).scrollIntoViewIfNeeded()
      await show(page, picture)
      await tap('Reparar')
      await expect(check(what)).toContainText('Bien', soon)
      await expect(sheet.getByRole('listitem').filter({ hasText: 'Falla' })).toHaveCount(0)
    }

    await tap('Probar conexión')
    for (const what of [events, lineIsOn, connector]) await expect(check(what)).toContainText('Bien', soon)
    await test.step('The portal no longer tells us what operators write', async () => {
      const [bound] = await ourHandlers()
      await portal.rest('event.unbind', { event: 'OnImConnectorMessageAdd', handler: bound?.handler })
      expect(await ourHandlers()).toEqual([])
      await redThenGreen(events, '«Reparar» los vuelve a pedir.', 'nobody tells us')
      expect(await ourHandlers()).toMatchObject([{ handler: bound?.handler }])
    })
    await test.step('Somebody deactivated the connector on its line', async () => {
      await portal.rest('imconnector.activate', { CONNECTOR: (await channel())?.['connector'], LINE: line, ACTIVE: '0' })
      expect(await channel()).toMatchObject({ active: false })
      await redThenGreen(connector, '«Reparar» lo activa otra vez.', 'the connector is off')
      expect(await channel()).toMatchObject({ active: true })
    })
    await test.step('Somebody switched the line off', async () => {
      await portal.rest('imopenlines.config.update', { CONFIG_ID: line, PARAMS: { ACTIVE: 'N' } })
      expect(await isOn()).toBe(false)
      await redThenGreen(lineIsOn, '«Reparar» lo enciende', 'the line is off')
      expect(await isOn()).toBe(true)
    })
    await test.step('A customer and an operator talk again', async () => {
      await sim.writes(customer.phone, { to: phone, text: '¿Ya funciona?', customerName: customer.name }, true)
      const dialog = async () => (await portal.rows('dialogs', `?externalChat=wa-${customer.phone}`))[0]?.['id']
      await expect.poll(dialog, soon).toBeTruthy()
      await portal.tell('POST', 'write', { chat: await dialog(), userId: 2, text: 'Sí, ya funciona' })
      await expect
        .poll(async () => (await sim.received(customer.phone)).map(({ text }) => text), soon)
        .toContain('Sí, ya funciona')
    })
    await api('PATCH', `/channels/${id}`, { archived: true })
  })
}
