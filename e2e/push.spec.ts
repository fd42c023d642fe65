/**
 * A push from the customer's words to the open chat, in a real browser: the Worker encrypts, the push service checks, the
 * service worker shows, the tap opens. Issue 5 part 1; how it can be driven: reference/pwa.md §9.
 */
import type { CDPSession, Page } from '@playwright/test'
import { openChat, slip } from './desk.ts'
import { colleague, expect, signIn, test } from './demo.ts'
import type { Subscription } from './outside.ts'

test.use({ serviceWorkers: 'allow' })

/** The browser's push service is not to be reached here: it subscribes at the simulated one, which holds its keys. */
async function subscribesAt(page: Page, { endpoint, p256dh, auth }: Subscription): Promise<void> {
  await page.context().grantPermissions(['notifications'])
  await page.addInitScript(
    (given) => {
      const subscription = () => ({
        endpoint: given.endpoint,
        options: { userVisibleOnly: true, applicationServerKey: null },
        toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.p256dh, auth: given.auth } }),
        async unsubscribe() {
          localStorage.removeItem('test-subscribed')
          return true
        },
      })
      const subscribe = async () => {
        localStorage.setItem('test-subscribed', 'yes')
        return subscription()
      }
      Object.assign(PushManager.prototype, {
        subscribe,
        getSubscription: async () => (localStorage.getItem('test-subscribed') ? subscription() : null),
      })
    },
    { endpoint, p256dh, auth },
  )
}

/** A phone that has just left is first asked whether it shows it already, for three seconds. */
const soon = { timeout: 20_000 }

/** What a service worker's world has and a page's has not. */
type WorkerScope = EventTarget & {
  registration: ServiceWorkerRegistration
  NotificationEvent: new (type: string, init: { notification: Notification; action: string }) => Event
}
type Shown = { title: string; body: string; tag: string }

/** Turns notifications on, as a person does. */
async function turnsOn(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/settings/notifications`)
  // The app is still being put away for later, on a busy machine.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.getByRole('button', { name: 'Activar avisos' }).click()
  await expect(page.getByText('Los avisos están activos')).toBeVisible()
}

/** The service worker of a page, driven over the browser's protocol. */
async function workerOf(page: Page, address: string) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const cdp: CDPSession = await page.context().newCDPSession(page)
  const registered = new Promise<string>((found) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const registration = registrations.find(({ isDeleted }) => !isDeleted)
      if (registration) found(registration.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  const registrationId = await registered
  // The page knows it before Playwright does.
  const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'))
  return {
    deliver: (data: string) => cdp.send('ServiceWorker.deliverPushMessage', { origin: address, registrationId, data }),
    shown: (): Promise<Shown[]> =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
      }),
    /** A tap on the notification of this tag, or on one of its buttons. No command of the protocol does it. */
    tap: (tag: string, action = '', reply = '') =>
      worker.evaluate(
        async (what) => {
          const scope = globalThis as unknown as WorkerScope
          const [notification] = await scope.registration.getNotifications({ tag: what.tag })
          if (!notification) throw new Error('no such notification')
          const event = new scope.NotificationEvent('notificationclick', { notification, action: what.action })
          Object.defineProperty(event, 'reply', { value: what.reply })
          scope.dispatchEvent(event)
        },
        { tag, action, reply },
      ),
  }
}

/** The figure on the app's icon, which no test can look at: what the page said it is. */
async function badgeOf(page: Page): Promise<() => Promise<number | null>> {
  await page.addInitScript(() => {
    const note = async (count = 0) => void (document.documentElement.dataset['badge'] = String(count))
    Object.assign(navigator, { setAppBadge: note, clearAppBadge: note })
  })
  return async () => {
    const said = await page.locator('html').getAttribute('data-badge')
    return said === null ? null : Number(said)
  }
}

/** Where the app is not running, so that nothing is shown there and the push goes out. */
const away = (page: Page, address: string) => page.goto(`${address}/health`)

test('a customer writes, the phone shows it, a tap opens the chat, and an answer is written in the notification @phone', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  const subscription = await sim.subscribes()
  await subscribesAt(agent, subscription)
  await turnsOn(agent, demo.address)
  await agent
    .getByRole('button', { name: /^Probar:/ })
    .first()
    .click()
  await expect(agent.getByText('Enviado: el aviso debe aparecer')).toBeVisible()
  const worker = await workerOf(agent, demo.address)
  const next = async () => {
    const before = (await sim.pushed(subscription.id)).length
    return async () => {
      await expect.poll(async () => (await sim.pushed(subscription.id)).length, soon).toBeGreaterThan(before)
      const text = (await sim.pushed(subscription.id)).at(-1) ?? ''
      await worker.deliver(text)
      return text
    }
  }

  await away(agent, demo.address)
  const arrives = await next()
  await sim.writes(customer.phone, { to: number.phone, text: '¿Hasta qué hora atienden?', customerName: customer.name })
  const tag = JSON.parse(await arrives()).notification.tag
  await expect
    .poll(worker.shown)
    .toContainEqual({ title: `${customer.name} · sin asignar`, body: '¿Hasta qué hora atienden?', tag })

  await agent.goto(`${demo.address}/settings`)
  await worker.tap(tag)
  await expect(agent.getByRole('heading', { name: customer.name, level: 1 })).toBeVisible()
  await expect(slip(agent, '¿Hasta qué hora atienden?')).toBeVisible()
  await agent.goBack()
  await expect(agent.getByRole('heading', { name: 'Pendientes' })).toBeVisible()
  await expect.poll(worker.shown).toEqual([])

  // Half a minute has not passed: what comes now of this chat waits. Somebody else's does not.
  await away(agent, demo.address)
  const other = { phone: `${customer.phone.slice(0, -1)}${(Number(customer.phone.at(-1)) + 1) % 10}`, name: 'Otra clienta' }
  const arrivesToo = await next()
  await sim.writes(other.phone, { to: number.phone, text: '¿Y los sábados?', customerName: other.name })
  const second = JSON.parse(await arrivesToo()).notification.tag
  await expect.poll(worker.shown).toHaveLength(1)
  await worker.tap(second, 'reply', 'Sí, hasta las 13:00')
  await expect.poll(async () => (await sim.received(other.phone)).map(({ text }) => text)).toEqual(['Sí, hasta las 13:00'])
})

test('what is read on one device goes from the other by itself, notification and badge @phone', async ({
  agent,
  browser,
  customer,
  demo,
  sim,
  number,
}) => {
  const subscription = await sim.subscribes()
  await subscribesAt(agent, subscription)
  await turnsOn(agent, demo.address)
  const worker = await workerOf(agent, demo.address)
  const badge = await badgeOf(agent)
  await away(agent, demo.address)
  await sim.writes(customer.phone, { to: number.phone, text: 'Para leer en otro lado', customerName: customer.name })
  await expect.poll(async () => (await sim.pushed(subscription.id)).length, soon).toBe(1)
  await worker.deliver((await sim.pushed(subscription.id))[0] ?? '')
  await agent.goto(`${demo.address}/settings`)
  await expect.poll(worker.shown).toHaveLength(1)
  await expect.poll(badge).toBe(1)

  const [person] = demo.people
  if (!person) throw new Error('the demo has nobody')
  const tablet = await (await browser.newContext(test.info().project.use)).newPage()
  await signIn(tablet, demo, person)
  // A second on the screen is read; then it is gone here.
  const read = tablet.waitForResponse((answer) => answer.url().endsWith('/read') && answer.ok())
  await openChat(tablet, customer.name)
  await expect(slip(tablet, 'Para leer en otro lado')).toBeVisible()
  await read
  await expect.poll(worker.shown, soon).toEqual([])
  await tablet.getByRole('button', { name: 'Más acciones' }).click()
  const settled = tablet.waitForResponse((answer) => answer.url().endsWith('/settled') && answer.ok())
  await tablet.getByRole('button', { name: 'No necesita respuesta' }).click()
  await settled
  await expect.poll(badge, soon).toBe(0)
  expect(await worker.shown()).toEqual([])
  await tablet.context().close()
})

test('a supervisor denies a transfer from the notification @phone', async ({ agent, browser, customer, demo, sim, number }) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Hola', customerName: customer.name })
  await openChat(agent, customer.name)
  const supervisor = await colleague(browser, demo, 'supervisor', { serviceWorkers: 'allow' })
  const subscription = await sim.subscribes()
  await subscribesAt(supervisor, subscription)
  await turnsOn(supervisor, demo.address)
  const worker = await workerOf(supervisor, demo.address)
  await away(supervisor, demo.address)

  await agent.getByRole('button', { name: 'Más acciones' }).click()
  await agent.getByRole('button', { name: 'Pedir traspaso' }).click()
  const sheet = agent.getByRole('dialog', { name: 'Pedir un traspaso' })
  await sheet.getByLabel('Para', { exact: true }).selectOption({ index: 1 })
  await sheet.getByLabel('Motivo').fill('Otra zona')
  await sheet.getByRole('button', { name: 'Pedir traspaso' }).click()
  const asked = async () => (await sim.pushed(subscription.id)).find((text) => text.includes('transfer_asked'))
  await expect.poll(asked, soon).toBeTruthy()
  const text = (await asked()) ?? ''
  await worker.deliver(text)
  await expect.poll(worker.shown).toHaveLength(1)
  await worker.tap(JSON.parse(text).notification.tag, 'deny')
  await expect(agent.getByText(/Su pedido de traspaso/)).toBeVisible()
  await supervisor.context().close()
})
