import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { violations } from './barriers.ts'
import { openChat, row, slip, tick, write } from './desk.ts'
import { expect, personOf, signIn, test } from './demo.ts'
import { losingProxy } from './losing-proxy.ts'
import { bytesOnPhone, killBrowser, mic, onPhone, recorder, speak, WITH_MICROPHONE } from './microphone.ts'

test.use({ launchOptions: WITH_MICROPHONE })

test('a voice note is recorded hands-free, paused, heard and sent; the customer gets it as a voice note', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: '¿me explica?', customerName: customer.name })
  await openChat(agent, customer.name)

  await mic(agent).click()
  await speak(agent)
  await agent.getByRole('button', { name: 'Pausar la grabación' }).click()
  expect(await violations(agent)).toEqual([])
  await recorder(agent).getByRole('button', { name: 'Reproducir' }).click()
  await expect
    .poll(() => agent.locator('body > audio').evaluate((audio: HTMLAudioElement) => audio.currentTime))
    .toBeGreaterThan(0.1)
  await agent.getByRole('button', { name: 'Seguir grabando' }).click()
  await speak(agent, /0:0[2-9]/)
  await agent.screenshot({ path: test.info().outputPath('recording.png') })
  await agent.getByRole('button', { name: 'Enviar la nota de voz' }).click()

  const note = agent.getByRole('article').last()
  await expect(tick(note, 'Entregado')).toBeVisible()
  expect(await violations(agent)).toEqual([])
  const [arrived] = await onPhone(demo.simulators, customer.phone, number.phone)
  expect(arrived).toMatchObject({ kind: 'voice', media: { mime: 'audio/ogg' } })
  const bytes = await bytesOnPhone(demo.simulators, arrived?.media?.id ?? '')
  expect(bytes.toString('latin1', 0, 4)).toBe('OggS')
  expect(bytes.toString('latin1', 28, 36)).toBe('OpusHead')
  expect(bytes[37]).toBe(1)

  // Another device knows its length and its wave before it reads a byte of it.
  const stored = await agent.evaluate(async () => {
    const chat = location.pathname.split('/').at(-1)
    const { items } = await (await fetch(`/api/chats/${chat}/messages`)).json()
    return items.at(-1).media.sound
  })
  expect(stored.seconds).toBeGreaterThan(1.5)
  expect(stored.peaks).toMatch(/^[A-Za-z0-9_-]{64}$/)

  await sim.plays(customer.phone, arrived?.id ?? '')
  await expect(tick(note, 'Escuchado').first()).toBeVisible()
})

test('held it is sent when let go; slid away it is not, and can be brought back @phone', async ({
  agent,
  customer,
  demo,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'dígame', customerName: customer.name })
  await openChat(agent, customer.name)
  const place = await mic(agent).boundingBox()
  const [x, y] = [(place?.x ?? 0) + 20, (place?.y ?? 0) + 20]

  await agent.mouse.move(x, y)
  await agent.mouse.down()
  await speak(agent)
  await expect(agent.getByText('Deslice para cancelar')).toBeVisible()
  await agent.screenshot({ path: test.info().outputPath('held.png') })
  await agent.mouse.move(x - 200, y, { steps: 5 })
  await agent.mouse.up()
  await expect(agent.getByRole('textbox', { name: 'Mensaje' })).toBeVisible()
  await agent.getByRole('button', { name: 'Recuperar' }).click()
  await expect(recorder(agent).getByRole('button', { name: 'Reproducir' })).toBeVisible()
  await agent.getByRole('button', { name: 'Descartar la grabación' }).click()
  await expect(mic(agent)).toBeVisible()
  expect(await sim.received(customer.phone)).toHaveLength(0)

  await agent.mouse.move(x, y)
  await agent.mouse.down()
  await speak(agent)
  await agent.mouse.up()
  await expect(tick(agent.getByRole('article').last(), 'Entregado')).toBeVisible()
  expect(await onPhone(demo.simulators, customer.phone, number.phone)).toMatchObject([{ kind: 'voice' }])
})

test('a voice note of the customer goes on in another chat, faster, and leads back @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  const other = { phone: `${customer.phone.slice(0, -2)}77`, name: 'Otro Cliente' }
  await sim.writes(other.phone, { to: number.phone, text: 'yo también', customerName: other.name })
  await sim.writes(customer.phone, { to: number.phone, kind: 'voice', customerName: customer.name })
  await openChat(agent, customer.name)
  const note = agent.getByRole('article').last()
  await expect(note.getByRole('img', { name: 'Sin escuchar' })).toBeVisible()
  await note.getByRole('button', { name: 'Reproducir' }).click()
  await note.getByRole('button', { name: /^Velocidad 1x/ }).click()
  await note.getByRole('button', { name: /^Velocidad 1,5x/ }).click()
  expect(await agent.locator('body > audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(2)
  await note.getByRole('button', { name: 'Pausar' }).click()

  await agent.goBack()
  await row(agent, other.name).click()
  const mini = agent.getByRole('region', { name: 'Audio que suena' })
  await mini.getByRole('button', { name: 'Reproducir' }).click()
  await expect(mini.getByRole('button', { name: 'Pausar' })).toBeVisible()
  await agent.screenshot({ path: test.info().outputPath('mini-player.png') })
  await mini.getByRole('link', { name: new RegExp(customer.name) }).click()
  await expect(agent.getByRole('heading', { name: customer.name, level: 1 })).toBeVisible()
  await expect(mini).toBeHidden()
})

/** The network then loses the first two answers to each message: what arrived is sent again all the same. */
test('three messages and a voice note, written offline, survive a killed browser and go once, in order @phone', async ({
  customer,
  demo,
  sim,
  number,
}, info) => {
  // Three browsers are started, one after the other.
  test.setTimeout(120_000)
  await sim.writes(customer.phone, { to: number.phone, text: '¿sigue ahí?', customerName: customer.name })
  const network = await losingProxy(demo.address, 2)
  const profile = mkdtempSync(join(tmpdir(), 'wb24-profile-'))
  const { viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId } = info.project.use
  const shape = Object.fromEntries(
    Object.entries({ viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId }).filter(
      ([, value]) => value !== undefined,
    ),
  )
  const open = () => chromium.launchPersistentContext(profile, { ...WITH_MICROPHONE, ...shape, serviceWorkers: 'allow' })
  try {
    // Signed in one day, killed another: a browser writes its cookies down only every half a minute.
    const first = await open()
    const signedIn = first.pages()[0] ?? (await first.newPage())
    await signIn(signedIn, { ...demo, address: network.address }, personOf(demo, 'agent'))
    await openChat(signedIn, customer.name)
    await expect(slip(signedIn, '¿sigue ahí?')).toBeVisible()
    await signedIn.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    const address = signedIn.url()
    await first.close()

    const before = await open()
    const page = before.pages()[0] ?? (await before.newPage())
    await page.goto(address)
    await expect(slip(page, '¿sigue ahí?')).toBeVisible()
    await before.setOffline(true)
    await write(page, 'Uno: aquí sigo')
    await write(page, 'Dos: le explico')
    await mic(page).click()
    await speak(page)
    await page.getByRole('button', { name: 'Enviar la nota de voz' }).click()
    await expect(page.getByRole('article').getByRole('button', { name: 'Reproducir' })).toBeVisible()
    await write(page, 'Tres: eso es todo')
    await expect(tick(slip(page, 'Tres'), 'En espera')).toBeVisible()
    killBrowser(profile)

    const after = await open()
    await after.setOffline(true)
    const again = after.pages()[0] ?? (await after.newPage())
    await again.goto(address)
    // In the conversation: beside it the list shows the last one too.
    await expect(again.getByRole('article').getByRole('img', { name: 'En espera', exact: true })).toHaveCount(4)
    await expect(again.getByRole('article').getByRole('button', { name: 'Reproducir' })).toBeVisible()
    expect(await sim.received(customer.phone)).toHaveLength(0)
    await after.setOffline(false)
    await expect(tick(slip(again, 'Tres'), 'Entregado')).toBeVisible({ timeout: 20_000 })
    const arrived = await onPhone(demo.simulators, customer.phone, number.phone)
    expect(arrived.map(({ kind, text }) => text ?? kind)).toEqual([
      'Uno: aquí sigo',
      'Dos: le explico',
      'voice',
      'Tres: eso es todo',
    ])
    expect(await sim.received(customer.phone)).toHaveLength(4)
    expect(network.lost()).toBe(8)
    await after.close()
  } finally {
    killBrowser(profile)
    await network.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})
