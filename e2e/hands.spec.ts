/** What hands do in an open chat, on a phone and on a tablet: CRM-41, CRM-65, CRM-69, CRM-70. */
import { centre, fill, openChat, row, show, slip, thumb, tick } from './desk.ts'
import type { Page } from '@playwright/test'
import { colleague, expect, test } from './demo.ts'
import { sql } from './outside.ts'

test('a message is pulled to answer it; several are copied with names and times, and sent on to another chat once, in order', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const other = { name: `Luis Cano ${customer.phone.slice(-4)}`, phone: String(BigInt(customer.phone) + 1_000n) }
  await sim.writes(other.phone, { to: number.phone, text: 'Soy otro cliente', customerName: other.name })
  for (const more of [{ text: 'Ya pagué la cuota' }, { kind: 'image', text: 'el recibo' }, { text: '¿Me confirma?' }])
    await sim.writes(customer.phone, { to: number.phone, customerName: customer.name, ...more })
  await agent.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openChat(agent, customer.name)
  await expect(slip(agent, 'el recibo').getByRole('img').first()).toBeVisible()

  // A short pull is nothing; a long one quotes.
  const hand = await thumb(agent, 'chat')
  const pull = async (text: string, far: number) => {
    const { x, y } = await centre(slip(agent, text))
    await hand.down({ x, y })
    for (const dx of [12, far / 2, far]) await hand.to({ x: x + dx, y: y + 2 })
    if (far > 60) await expect(agent.locator('[data-sign=far]')).toBeVisible()
    if (far > 60) await show(agent, 'pulled')
    await hand.up()
  }
  const quoting = agent.getByRole('button', { name: 'No responder a este mensaje' })
  await pull('Ya pagué la cuota', 40)
  await expect(agent.locator('[data-sign]')).toHaveCount(0)
  await expect(quoting).toBeHidden()
  await pull('Ya pagué la cuota', 110)
  await expect(quoting).toBeVisible()
  await expect(agent.getByRole('dialog')).toBeHidden()
  await quoting.click()

  // A thumb that stays opens the menu, from which several are chosen with a tap each.
  const choose = async () => {
    await hand.down(await centre(slip(agent, 'Ya pagué la cuota')))
    await expect(agent.getByRole('button', { name: 'Elegir varios' })).toBeVisible()
    await hand.up()
    await show(agent, 'menu')
    await agent.getByRole('button', { name: 'Elegir varios' }).tap()
    await agent.getByRole('checkbox', { name: /el recibo/ }).tap()
    await expect(agent.getByRole('heading', { name: '2 mensajes elegidos' })).toBeVisible()
    await show(agent, 'chosen')
  }
  await choose()
  await agent.getByRole('button', { name: 'Copiar', exact: true }).tap()
  await expect(agent.getByText('2 mensajes copiados')).toBeVisible()
  const lines = (await agent.evaluate(() => navigator.clipboard.readText())).split('\n')
  expect(lines[0]).toMatch(new RegExp(`^\\[.+\\] ${customer.name}: Ya pagué la cuota$`))
  expect(lines[1]).toMatch(/<.+> el recibo$/)

  // A note is for the team. What goes on goes by reference, and waits for the network like everything else.
  await agent.getByRole('button', { name: 'Nota', exact: true }).click()
  await agent.getByRole('textbox', { name: 'Nota' }).fill('Parece un recibo viejo')
  await agent.getByRole('button', { name: 'Guardar nota' }).click()
  await expect(slip(agent, 'Parece un recibo viejo')).toBeInViewport({ ratio: 1 })
  await choose()
  await agent.getByRole('checkbox', { name: /recibo viejo/ }).tap()
  await agent.getByRole('button', { name: 'Reenviar' }).tap()
  const sheet = agent.getByRole('dialog', { name: 'Reenviar 2 mensajes' })
  await expect(sheet.getByText('La nota interna no se reenvía')).toBeVisible()
  await sheet.getByRole('searchbox').fill(other.name)
  await sheet.getByRole('checkbox', { name: new RegExp(other.name) }).check()
  await show(agent, 'forward')
  const uploads: string[] = []
  agent.on('request', (request) => /\/api\/(media|uploads)$/.test(request.url()) && uploads.push(request.url()))
  await agent.context().setOffline(true)
  await sheet.getByRole('button', { name: 'Reenviar a 1 chat' }).click()
  await expect(agent.getByText('Reenviado a 1 chat')).toBeVisible()
  await agent.getByRole('button', { name: 'Abrir', exact: true }).click()
  const sent = slip(agent, 'el recibo')
  await expect(sent).toContainText('Reenviado')
  await expect(tick(sent, 'En espera')).toBeVisible()
  expect(await sim.received(other.phone)).toEqual([])
  await agent.context().setOffline(false)
  await expect(tick(sent, 'Entregado')).toBeVisible()
  expect((await sim.received(other.phone)).map(({ text }) => text)).toEqual(['Ya pagué la cuota', 'el recibo'])
  expect(uploads).toEqual([])
  await expect(sent.getByRole('img').first()).toBeVisible()
  await show(agent, 'forwarded')
})

test('the first unread message, a quoted one and the words that are looked for are found, though they are not at hand, and so is the way back @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Como le dije antes', customerName: customer.name })
  await expect(row(agent, customer.name)).toBeVisible()
  await fill(customer.phone, 200)
  // The last word quotes the fourth; this agent has read up to the hundredth.
  await sql(
    `with m as (select x.* from message x join chat c on c.id = x.chat_id join contact k on k.id = c.contact_id where k.phone = $1),
       quoting as (update message set reply_to = (select id from m where text like 'Mensaje 4 %') where id = (select id from m where text like 'Como%'))
     insert into chat_read (account_id, person_id, chat_id, upto)
     select m.account_id, p.id, m.chat_id, m.at from m, person p where m.text like 'Mensaje 100 %' and p.account_id = m.account_id`,
    [customer.phone],
  )
  await sql(
    `update message set text = regexp_replace(text, 'Mensaje (\\d+) .*', 'Ya hice el depósito \\1')
     where chat_id in (select c.id from chat c join contact k on k.id = c.contact_id where k.phone = $1) and text ~ 'Mensaje (20|170|180) '`,
    [customer.phone],
  )
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Como le dije antes')).toBeInViewport()
  await agent.getByRole('button', { name: /^Más de \d+ sin leer$/ }).tap()
  await expect(slip(agent, 'Mensaje 101 ·')).toBeInViewport()
  await expect(agent.getByRole('button', { name: /sin leer/ })).toBeHidden()
  await agent.getByRole('button', { name: 'Ir al final' }).tap()

  await slip(agent, 'Como le dije antes')
    .getByRole('button', { name: /Mensaje 4/ })
    .tap()
  await expect(slip(agent, 'Mensaje 4 ·').first()).toBeInViewport()
  await show(agent, 'quoted')
  await agent.getByRole('button', { name: 'Volver a la respuesta' }).tap()
  await expect(slip(agent, 'Como le dije antes')).toBeInViewport()

  await agent.getByRole('button', { name: 'Más acciones' }).tap()
  await agent.getByRole('button', { name: 'Buscar en el chat' }).tap()
  const field = agent.getByRole('searchbox', { name: 'Buscar en este chat' })
  await field.fill('DEPOSITO')
  // The newest is shown first; the oldest only the server has.
  await expect(agent.getByText('1 de 3')).toBeVisible()
  await expect(slip(agent, 'Ya hice el depósito 180')).toBeInViewport()
  await expect.poll(() => agent.evaluate(() => CSS.highlights.get('found')?.size ?? 0)).toBeGreaterThan(0)
  await show(agent, 'search')
  for (const n of [170, 20]) {
    await agent.getByRole('button', { name: 'Resultado anterior, más antiguo' }).tap()
    await expect(slip(agent, `Ya hice el depósito ${n}`)).toBeInViewport()
  }
  await expect(agent.getByText('3 de 3')).toBeVisible()
  // Without a network: what this phone keeps.
  await agent.context().setOffline(true)
  await field.fill('como le dije')
  await expect(agent.getByText('1 de 1')).toBeVisible()
  await expect(slip(agent, 'Como le dije antes')).toBeInViewport()
  await expect(agent.getByText('solo lo guardado en este equipo')).toBeVisible()
  await agent.context().setOffline(false)
})

test('a list that is pulled down reads what is new; who works with keys walks through the chats, acts, and never while writing @tablet', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const other = { name: `Luis Cano ${customer.phone.slice(-4)}`, phone: String(BigInt(customer.phone) + 1_000n) }
  for (const text of ['Primero', 'Segundo', 'Tercero'])
    await sim.writes(customer.phone, { to: number.phone, text, customerName: customer.name })
  for (const { phone, name } of [customer, other])
    await sim.writes(phone, { to: number.phone, text: `Soy ${name}`, customerName: name })
  await expect(row(agent, other.name)).toBeVisible()

  // Pulled: the list is asked for, the page stays.
  const asked = agent.waitForRequest(/\/api\/chats\?tray=open/)
  const hand = await thumb(agent, 'list')
  const { x, y } = await centre(row(agent, customer.name))
  await hand.down({ x, y })
  for (const dy of [30, 90, 150, 210]) await hand.to({ x, y: y + dy })
  await expect(agent.locator('.pull-sign.is-far')).toBeVisible()
  await show(agent, 'pulled-list')
  await hand.up()
  await asked
  await expect(agent.getByText('Al día')).toBeVisible()

  // Keys: into the first chat, on to the second, back; letters in a field are letters.
  const boss = await colleague(browser, demo, 'supervisor')
  await expect(row(boss, customer.name)).toBeVisible()
  const heading = (name: string) => boss.getByRole('heading', { name, level: 1 })
  const help = boss.getByRole('dialog', { name: 'Atajos de teclado' })
  // Keys come after the first picture.
  await expect(async () => {
    await boss.keyboard.press('?')
    await expect(help).toBeVisible({ timeout: 500 })
  }).toPass()
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('j')
  await expect(heading(customer.name)).toBeVisible()
  await boss.keyboard.press('j')
  await expect(heading(other.name)).toBeVisible()
  await boss.keyboard.press('k')
  await expect(heading(customer.name)).toBeVisible()
  await expect(slip(boss, `Soy ${customer.name}`)).toBeVisible()
  // A mouse with shift chooses, from one to another; so do arrows with shift.
  await slip(boss, 'Primero').click({ modifiers: ['Shift'] })
  await boss.getByRole('checkbox', { name: /Tercero/ }).click({ modifiers: ['Shift'] })
  await expect(boss.getByRole('heading', { name: '3 mensajes elegidos' })).toBeVisible()
  await boss.keyboard.press('Shift+ArrowDown')
  await expect(boss.getByRole('heading', { name: '4 mensajes elegidos' })).toBeVisible()
  await boss.keyboard.press('Escape')
  await expect(boss.getByRole('checkbox')).toHaveCount(0)
  await expect(heading(customer.name)).toBeVisible()
  await boss.keyboard.press('r')
  await expect(boss.getByRole('button', { name: 'No responder a este mensaje' })).toBeVisible()
  await boss.keyboard.type('jale?')
  await expect(boss.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('jale?')
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('?')
  await expect(help.getByText('Chat siguiente')).toBeVisible()
  await show(boss, 'keys')
  await help.getByRole('switch', { name: /Usar atajos/ }).click()
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('f')
  await expect(boss.getByRole('searchbox', { name: 'Buscar en este chat' })).toBeHidden()
  await boss.getByRole('button', { name: 'Más acciones' }).click()
  await boss.getByRole('button', { name: 'Atajos de teclado' }).click()
  await help.getByRole('switch', { name: /Usar atajos/ }).click()
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('f')
  await expect(boss.getByRole('searchbox', { name: 'Buscar en este chat' })).toBeFocused()
  await boss.keyboard.press('Escape')
  await boss.locator('main').focus()
  await boss.keyboard.press('a')
  await expect(boss.getByRole('dialog', { name: /Asignar/ })).toBeVisible()
  await boss.keyboard.press('Escape')
  await boss.keyboard.press('e')
  await expect(boss.getByText('El chat quedó cerrado.')).toBeVisible()
  await boss.keyboard.press('Escape')
  await expect(boss).toHaveURL(/\/chats$/)
})

test('on its side a phone shows one pane with a low head and one row to write in; upright every control has 44 px @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿Me confirma?', customerName: customer.name })
  await expect(row(agent, customer.name)).toBeVisible()
  const small: Record<string, string[]> = { list: await smallTargets(agent) }
  await openChat(agent, customer.name)
  await expect(agent.getByRole('button', { name: 'Más acciones' })).toBeVisible()
  small['chat'] = await smallTargets(agent)

  await agent.setViewportSize({ width: 844, height: 390 })
  await expect(row(agent, customer.name)).toBeHidden()
  await expect(agent.getByRole('navigation')).toBeHidden()
  const height = async (of: string) => (await agent.locator(of).boundingBox())?.height ?? 0
  await expect.poll(async () => Math.round(await height('main header'))).toBeLessThanOrEqual(46)
  // One row of 64 px, and a browser's rounding.
  await expect.poll(async () => Math.round(await height('form.composer'))).toBeLessThanOrEqual(64)
  await expect(slip(agent, '¿Me confirma?')).toBeInViewport()
  await show(agent, 'landscape')
  await agent.setViewportSize({ width: 390, height: 844 })

  for (const place of [
    'transfers',
    'contacts',
    'settings',
    'settings/account',
    'settings/notifications',
    'settings/outbox',
    'mentions',
  ]) {
    await agent.goto(new URL(`/${place}`, agent.url()).href)
    await expect(agent.getByRole('heading', { level: 1 }).first()).toBeVisible()
    small[place] = await smallTargets(agent)
  }
  expect(Object.entries(small).filter(([, found]) => found.length > 0)).toEqual([])
})

/** Controls that a thumb cannot find within 44 px: what is drawn may be smaller, what hears the thumb may not. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS = 'a[href], button, input, select, textarea, summary, [role="button"], [role="checkbox"], [role="switch"]'
    const reach = 21
    const found: string[] = []
    for (const control of document.querySelectorAll<HTMLElement>(CONTROLS)) {
      const target = control.closest('label') ?? control
      const { left, right, top, bottom, width, height } = target.getBoundingClientRect()
      const [x, y] = [(left + right) / 2, (top + bottom) / 2]
      const isInSight = width > 1 && height > 1 && x > 0 && y > 0 && x < innerWidth && y < innerHeight
      // Words within a sentence are exempt (WCAG 2.5.8); so is what does nothing, or lies under something else.
      const isIdle = control.matches(':disabled, [inert] *, p a, [aria-hidden="true"] *')
      const hears = (at: Element | null) => at !== null && (target.contains(at) || at === target)
      if (!isInSight || isIdle || !hears(document.elementFromPoint(x, y))) continue
      const dots = [
        [x - Math.min(reach, x - 1), y],
        [x + Math.min(reach, innerWidth - x - 1), y],
        [x, y - Math.min(reach, y - 1)],
        [x, y + Math.min(reach, innerHeight - y - 1)],
      ] as const
      const isWide = width >= 43.5 || dots.slice(0, 2).every(([a, b]) => hears(document.elementFromPoint(a, b)))
      const isHigh = height >= 43.5 || dots.slice(2).every(([a, b]) => hears(document.elementFromPoint(a, b)))
      if (!isWide || !isHigh) {
        const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40)
        found.push(`${control.tagName.toLowerCase()} «${name}» ${Math.round(width)}×${Math.round(height)}`)
      }
    }
    return found
  })
}
