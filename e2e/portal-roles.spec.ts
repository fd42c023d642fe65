/** The three roles that a portal's administrator gives employees, and what each of them then sees and may do in the frame: B24-16, B24-17, B24-21. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { expect, test } from './demo.ts'
import { openChat, row, show, slip, write } from './desk.ts'
import { aPortal, Frame, Framed, frameIn, goTo, openIn } from './portal.ts'
import { newId } from './world.ts'

const Made = z.looseObject({ id: z.string() })
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
const Chats = z.object({ items: z.array(z.looseObject({ id: z.string(), contact: z.looseObject({ name: z.string() }) })) })
const People = z.object({ items: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
const Employees = z.object({ items: z.array(z.looseObject({ userId: z.string(), name: z.string() })) })
const [QUALITY, ONE, OTHER, HEAD] = ['2', '3', '4', '5'] as const

/** Asks the API from within the frame, as whoever is signed in there. */
async function asks(page: Page, method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
  const inner = page.frames().at(-1)
  if (!inner) throw new Error('no frame')
  return inner.evaluate(
    async ([how, where, what]) => {
      const sent = what === null ? {} : { headers: { 'content-type': 'application/json' }, body: what }
      const response = await fetch(`/api${where}`, { method: how ?? 'GET', ...sent })
      return { status: response.status, json: await response.json().catch(() => null) }
    },
    [method, path, body ? JSON.stringify(body) : null] as const,
  )
}

for (const width of [390, 1280]) {
  test(`in the portal’s frame, ${width} wide: quality control reads and cannot write, a representative has their own clients, a head their department @desktop`, async ({
    page,
    demo,
    sim,
    customer,
  }) => {
    test.setTimeout(240_000)
    await page.setViewportSize({ width, height: 844 })
    const portal = await aPortal(demo, `Equipo ${width}`, 6)
    const frame = frameIn(page)
    await page.goto(portal.address)
    await goTo(page, 'Aplicaciones')
    await page.getByRole('button', { name: 'Instalar' }).click()
    await frame.getByRole('button', { name: 'Empezar con una cuenta nueva' }).click()
    await expect(frame.getByRole('button', { name: 'Agregar número' })).toBeVisible()
    const does = async (method: string, path: string, body?: object): Promise<unknown> => {
      const { status, json } = await asks(page, method, path, body)
      expect(status, `${method} ${path}: ${JSON.stringify(json)}`).toBeLessThan(300)
      return json
    }

    const own = customer.phone.slice(-7)
    const [clientOfOne, clientOfOther, stranger] = [`Cliente de una ${own}`, `Cliente del otro ${own}`, `Otra área ${own}`]
    const portalId = Items.parse(await does('GET', '/portals')).items[0]?.id ?? ''
    await test.step('Two numbers, each of a department; three customers write', async () => {
      for (const [n, department] of ['Cobranzas', 'Ventas'].entries()) {
        const phone = `5939${4 + n}${own}`
        const keys = { phoneNumberId: `5${n}${own}${width}`, accessToken: `EAA-${own}-${width}`, appSecret: `secret-${own}` }
        const number = {
          kind: 'meta',
          phone,
          name: department,
          wabaId: `7${n}${own}${width}`,
          verifyToken: `word-${own}`,
          ...keys,
        }
        await sim.adds({ ...number, hookUrl: null })
        const credentials = { kind: 'meta', verifyToken: `word-${own}`, ...keys }
        const channel = Made.extend({ hookUrl: z.string() }).parse(
          await does('POST', '/channels', { name: `${department} ${own}`, phone: `+${phone}`, credentials }),
        )
        await sim.adds({ ...number, hookUrl: channel.hookUrl })
        const { id: departmentId } = Made.parse(await does('POST', '/departments', { name: department }))
        await does('PUT', `/channels/${channel.id}/people`, { access: 'shared', departmentId, people: [] })
        const opened = z.looseObject({ line: z.number() }).parse(
          await does('POST', `/portals/${portalId}/open-lines`, {
            name: department,
            queue: [{ kind: 'user', id: '2' }],
            hours: null,
          }),
        )
        await does('PUT', `/channels/${channel.id}/portal-line`, { portalId, line: opened.line })
        const customers = n === 0 ? [clientOfOne, clientOfOther] : [stranger]
        for (const [at, customerName] of customers.entries())
          await sim.writes(`5939${7 + n}${at}${own.slice(1)}`, { to: phone, text: `Soy ${customerName}`, customerName }, true)
      }
      await expect.poll(async () => Chats.parse(await does('GET', '/chats?tray=open')).items.length, { timeout: 30_000 }).toBe(3)
    })

    await test.step('The administrator gives the three roles, reviews and applies', async () => {
      await frame.getByRole('link', { name: 'Ajustes' }).first().click()
      await frame
        .getByRole('main')
        .getByRole('link', { name: /Bitrix24/ })
        .click()
      await frame.getByRole('link', { name: 'Empleados y roles' }).click()
      const box = (employee: string, name: string) =>
        frame.locator(`[data-employee="${employee}"]`).getByRole('checkbox', { name: new RegExp(`^${name}`) })
      await box(QUALITY, 'Control de calidad').check()
      await box(ONE, 'Representante de ventas').check()
      await box(OTHER, 'Representante de ventas').check()
      await box(HEAD, 'Jefe').check()
      await frame.locator(`[data-employee="${HEAD}"]`).getByRole('combobox').selectOption({ label: 'Sus departamentos' })
      await expect(frame.getByText('4 cambios sin aplicar')).toBeVisible()
      await show(page, 'roles chosen')
      await frame.getByRole('button', { name: 'Aplicar', exact: true }).click()
      const review = frame.getByRole('dialog', { name: 'Revise los cambios' })
      await show(page, 'roles reviewed')
      await review.getByRole('button', { name: 'Aplicar cambios' }).click()
      await expect(frame.getByText('Roles aplicados.')).toBeVisible()
    })

    const chats = Chats.parse(await does('GET', '/chats?tray=open')).items
    const chatOf = (name: string) => chats.find(({ contact }) => contact.name === name)?.id ?? ''
    await test.step('Whose the clients are, and whose the department', async () => {
      const employees = Employees.parse(await does('GET', `/portals/${portalId}/employees`)).items
      const people = People.parse(await does('GET', '/people')).items
      const personOf = (employee: string) =>
        people.find(({ name }) => name === employees.find(({ userId }) => userId === employee)?.name)?.id ?? ''
      await does('PUT', `/chats/${chatOf(clientOfOne)}/assignee`, { personId: personOf(ONE) })
      await does('PUT', `/chats/${chatOf(clientOfOther)}/assignee`, { personId: personOf(OTHER) })
      const departments = z
        .object({ items: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
        .parse(await does('GET', '/departments')).items
      const departmentId = departments.find(({ name }) => name === 'Cobranzas')?.id ?? ''
      await does('PATCH', `/departments/${departmentId}`, { people: [ONE, OTHER, HEAD].map(personOf) })
    })

    /** The application, or a link into it, as this employee's portal opens it. */
    const enter = async (employee: string, chatId?: string) => {
      const link = chatId === undefined ? {} : { placement: 'REST_APP_URI', options: { chat: chatId } }
      const told = await portal.tell('POST', 'frame', { userId: Number(employee), ...link })
      await openIn(page, portal.domain, z.union([Framed.transform(({ frame: inner }) => inner), Frame]).parse(told))
    }
    const app = page.frameLocator('iframe')
    const seesAlone = async (...names: string[]) => {
      await app.getByRole('button', { name: /^Abiertos/ }).click()
      for (const name of [clientOfOne, clientOfOther, stranger])
        await expect(row(app, name), name).toHaveCount(names.includes(name) ? 1 : 0)
      const listed = Chats.parse(await does('GET', '/chats?tray=open')).items.map(({ contact }) => contact.name)
      expect(listed.toSorted()).toEqual(names.toSorted())
      const found = Chats.parse(await does('GET', `/chats?q=${own}`)).items.map(({ contact }) => contact.name)
      expect(found.toSorted()).toEqual(names.toSorted())
    }
    const cannotOpen = async (employee: string, name: string) => {
      await enter(employee, chatOf(name))
      await expect(app.getByText('Este chat no está')).toBeVisible()
      expect((await asks(page, 'GET', `/chats/${chatOf(name)}`)).status).toBe(404)
      expect((await asks(page, 'GET', `/chats/${chatOf(name)}/messages`)).status).toBe(404)
    }
    const sends = (name: string) =>
      asks(page, 'POST', `/chats/${chatOf(name)}/messages`, { id: newId(), kind: 'text', text: 'No debe salir' })

    await test.step('Quality control reads all chats of the lines, and cannot write: the composer says why, the server refuses', async () => {
      await enter(QUALITY)
      await seesAlone(clientOfOne, clientOfOther, stranger)
      await openChat(app, clientOfOther)
      await expect(slip(app, `Soy ${clientOfOther}`)).toBeVisible()
      await expect(app.getByText('Su rol puede leer este chat, pero no escribir.')).toBeVisible()
      await expect(app.getByRole('textbox', { name: 'Mensaje' })).toBeDisabled()
      await show(page, 'quality control')
      const refused = await sends(clientOfOther)
      expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden' } })
    })
    await test.step('A representative has their own client, and opens no other: not in the list, not by address, not by asking', async () => {
      await enter(ONE)
      await seesAlone(clientOfOne)
      await openChat(app, clientOfOne)
      await write(app, 'Buenos días, le atiendo')
      await expect(slip(app, 'Buenos días, le atiendo')).toBeVisible()
      await show(page, 'a representative')
      await cannotOpen(ONE, clientOfOther)
      expect((await sends(clientOfOther)).status).toBe(404)
      await show(page, 'somebody else’s client')
    })
    await test.step('A head has the chats of the department, whoever’s they are, and no other department’s', async () => {
      await enter(HEAD)
      await seesAlone(clientOfOne, clientOfOther)
      await openChat(app, clientOfOther)
      await write(app, 'Le respondo por su asesor')
      await expect(slip(app, 'Le respondo por su asesor')).toBeVisible()
      await show(page, 'a head')
      await cannotOpen(HEAD, stranger)
    })
  })
}
