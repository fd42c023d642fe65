/** The app on a home screen: when it offers itself, where its shortcuts lead, and what becomes of an app that is too old. */
import { openChat, row, show, slip, write } from './desk.ts'
import { expect, personOf, test } from './demo.ts'
import { aDoor } from './door.ts'

test.use({ serviceWorkers: 'allow' })

test('who has answered somebody is offered the app, and a shortcut opens what it says @phone', async ({
  agent: page,
  customer,
  demo,
  sim,
  number,
}) => {
  const manifest = await (await page.context().newCDPSession(page)).send('Page.getAppManifest')
  expect(manifest.errors).toEqual([])

  // The second visit, in a browser that can install. What counts visits and hears answers comes after the first picture.
  const visits = () => page.evaluate(() => JSON.parse(localStorage.getItem('install-offer') ?? '{}').visits)
  await expect.poll(visits).toBe(1)
  await page.reload()
  await expect.poll(visits).toBe(2)
  await page.evaluate(() =>
    window.dispatchEvent(
      Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
        async prompt() {
          document.body.dataset['asked'] = 'yes'
          return { outcome: 'accepted' }
        },
      }),
    ),
  )
  await sim.writes(customer.phone, { to: number.phone, text: '¿Atienden hoy?', customerName: customer.name })
  await expect(row(page, customer.name)).toBeVisible()
  const offer = page.getByRole('complementary', { name: 'Lleve WhatsappB24 en su inicio' })
  await expect(offer).toBeHidden()
  await openChat(page, customer.name)
  await write(page, 'Sí, hasta las seis')
  await page.getByRole('link', { name: 'Volver' }).click()
  await expect(offer).toBeVisible()
  await show(page, 'install')
  await offer.getByRole('button', { name: 'Instalar' }).click()
  await expect(offer).toBeHidden()
  await expect(page.locator('body')).toHaveAttribute('data-asked', 'yes')

  await page.goto(`${demo.address}/chats?new=1`)
  await expect(page.getByRole('dialog', { name: 'Nuevo chat' })).toBeVisible()
  await expect(page).toHaveURL(`${demo.address}/chats`)
})

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' })

  test('an app that is older than what is served stores what is typed and loads itself again, once @phone', async ({
    agent: page,
    customer,
    demo,
    sim,
    number,
  }) => {
    await sim.writes(customer.phone, { to: number.phone, text: '¿Atienden hoy?', customerName: customer.name })
    await openChat(page, customer.name)
    // Another version is served, which has no such file.
    expect((await page.request.get(`${demo.address}/assets/gone.js`)).status()).toBe(404)
    await page.route('**/assets/phone-*.js', (route) => route.fulfill({ status: 404 }))
    await page.route('**/service-worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    let loads = 0
    page.on('load', () => (loads += 1))
    await page.getByRole('textbox', { name: 'Mensaje' }).fill('y mañana también')
    await page.getByRole('link', { name: 'Volver' }).click()
    await page.getByRole('link', { name: 'Ajustes' }).click()
    await expect.poll(() => loads).toBe(1)
    // It is asked for again, and stays what it is.
    await expect(page.getByText('Abriendo esta parte…')).toBeVisible()
    await page.getByRole('link', { name: 'Chats', exact: true }).click()
    await openChat(page, customer.name)
    await expect(page.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('y mañana también')
    expect(loads).toBe(1)
  })
})

/** A worker first stores the whole app. */
const STORED = { timeout: 30_000 }

test('a new version never interrupts who writes, is offered then, and takes over whole; a network that never answers hides nothing @phone', async ({
  context,
  page,
  customer,
  demo,
  sim,
  number,
}) => {
  test.setTimeout(120_000)
  const door = await aDoor(demo.address)
  try {
    const { email, password } = personOf(demo, 'agent')
    await page.request.post(`${door.address}/api/session`, { data: { email, password }, headers: { origin: door.address } })
    await sim.writes(customer.phone, { to: number.phone, text: '¿Atienden hoy?', customerName: customer.name })
    await page.goto(door.address)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, STORED)
    await openChat(page, customer.name)
    await page.getByRole('textbox', { name: 'Mensaje' }).fill('Sí, hasta las')
    let loads = 0
    page.on('load', () => (loads += 1))

    const mark = door.deploy()
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null, undefined, STORED)
    const offer = page.getByText('Hay una versión nueva.')
    await page.getByRole('textbox', { name: 'Mensaje' }).pressSequentially(' seis')
    await expect(offer).toBeHidden()
    // The server has none of its files any more: the version that runs has kept its own, to the last part.
    const files = () =>
      page.evaluate(() => performance.getEntriesByType('resource').flatMap(({ name }) => name.split('/assets/')[1] ?? []))
    await page.getByRole('link', { name: 'Volver' }).click()
    await expect(offer).toBeVisible()
    await page.getByRole('link', { name: 'Ajustes' }).click()
    await expect(page.getByRole('heading', { name: 'Ajustes' })).toBeVisible()
    expect(loads).toBe(0)
    expect((await files()).filter((name) => name.includes(mark))).toEqual([])

    await page.getByRole('button', { name: 'Actualizar' }).click()
    // The new worker starts, drops what the one before had stored, and only then answers the page that loads again.
    await expect.poll(() => loads, STORED).toBe(1)
    await page.getByRole('link', { name: 'Chats', exact: true }).click()
    await openChat(page, customer.name)
    await expect(page.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Sí, hasta las seis')
    await expect(offer).toBeHidden()
    const scripts = (await files()).filter((name) => /\.(js|css)$/.test(name))
    expect(scripts.length).toBeGreaterThan(3)
    expect(scripts.filter((name) => !name.includes(mark))).toEqual([])
    const address = page.url()
    await page.close()

    // Taken, and never answered: whatever the start asks for.
    door.fallSilent()
    const later = await context.newPage()
    await later.goto(address)
    await expect(slip(later, '¿Atienden hoy?')).toBeVisible()
    await expect(later.getByRole('textbox', { name: 'Mensaje' })).toHaveValue('Sí, hasta las seis')
    await later.goto(`${door.address}/chats`)
    await expect(row(later, customer.name)).toBeVisible()
  } finally {
    await door.close()
  }
})

test.describe('before any script of the app', () => {
  test.use({ serviceWorkers: 'block' })

  test('the list is there as it was left, a tap in it leads on, and who is signed out leaves nothing', async ({
    agent: page,
    customer,
    demo,
    sim,
    number,
  }) => {
    await sim.writes(customer.phone, { to: number.phone, text: '¿Atienden hoy?', customerName: customer.name })
    await expect(row(page, customer.name)).toBeVisible()
    const left = () => page.evaluate(() => (dispatchEvent(new Event('pagehide')), localStorage.getItem('still')))
    await expect.poll(left).toContain(customer.name)

    let release: (value: unknown) => void = () => undefined
    const held = new Promise((go) => (release = go))
    await page.route('**/assets/shell-*.js', async (route) => (await held, route.continue()))
    await page.goto(`${demo.address}/chats`, { waitUntil: 'commit' })
    const still = page.locator('#still')
    await expect(still).toContainText(customer.name)
    await show(page, 'still')
    await still.getByText(customer.name).click()
    release(null)
    await expect(slip(page, '¿Atienden hoy?')).toBeVisible()
    await expect(still).toBeHidden()

    // So is a chat, as after a tap on a notification.
    await expect.poll(left).toContain(`"${new URL(page.url()).pathname}":`)
    // The list waits a second for the chat: on a busy machine that may need it all for itself.
    await page.addInitScript(
      'const wait = setTimeout; setTimeout = (run, ms, ...more) => wait(run, ms === 1000 ? 20000 : ms, ...more)',
    )
    const again = new Promise((go) => (release = go))
    await page.route('**/assets/shell-*.js', async (route) => (await again, route.continue()))
    await page.reload({ waitUntil: 'commit' })
    await expect(still.locator('article', { hasText: '¿Atienden hoy?' })).toBeInViewport()
    await show(page, 'still-chat')
    const wasListed = page.evaluate(
      () =>
        new Promise<boolean>((done) => {
          const look = () => document.getElementById('still') ?? done(document.querySelector('#root a[data-chat]') !== null)
          new MutationObserver(look).observe(document.body, { childList: true })
        }),
    )
    release(null)
    // The chat waits for no list that lies under it.
    if (test.info().project.name === 'phone') expect(await wasListed).toBe(false)
    await expect(still).toBeHidden()
    await expect(slip(page, '¿Atienden hoy?')).toBeVisible()

    await page.request.delete(`${demo.address}/api/session`, { headers: { origin: demo.address } })
    await page.goto(`${demo.address}/chats`)
    await expect(page.getByLabel('Correo')).toBeVisible()
    expect(await page.evaluate(() => localStorage.getItem('still'))).toBeNull()
  })
})
