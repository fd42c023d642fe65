import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { violations } from './barriers.ts'
import { centre, openChat, row, slip, tick, write } from './desk.ts'
import { expect, personOf, signIn, test } from './demo.ts'
import { losingProxy } from './losing-proxy.ts'
import { bytesOnPhone, killBrowser, mic, onPhone, recorder, speak, WITH_MICROPHONE } from './microphone.ts'
import { oggOpus } from '../sim/lib/ogg.ts'

test.use({ launchOptions: WITH_MICROPHONE })

/** How far what plays has come at most: it is short, and over before somebody looks. */
async function farthest(page: Page): Promise<() => Promise<number>> {
  const heard = await page.evaluateHandle(() => {
    const most = { seconds: 0 }
    const note = ({ target }: Event) => {
      if (target instanceof HTMLMediaElement) most.seconds = Math.max(most.seconds, target.currentTime)
    }
    addEventListener('timeupdate', note, { capture: true })
    return most
  })
  return () => heard.evaluate(({ seconds }) => seconds)
}

/** A voice note of so many seconds in which nobody speaks: frames of Opus of 20 ms. */
const silence = (seconds: number): Buffer =>
  Buffer.from(
    oggOpus(
      Array.from({ length: seconds * 50 }, () => ({ bytes: Buffer.from([0xf8, 0xff, 0xfe]), samples: 960 })),
      1,
    ),
  )

/** What waits in this phone's store: on the screen it is a moment before. */
const stored = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const asked = <Answer>(request: IDBRequest<Answer>) =>
      new Promise<Answer>((done, fail) => {
        request.addEventListener('success', () => done(request.result))
        request.addEventListener('error', () => fail(request.error))
      })
    let count = 0
    for (const { name } of await indexedDB.databases()) {
      const db = await asked(indexedDB.open(name ?? ''))
      if (db.objectStoreNames.contains('outbox')) count += await asked(db.transaction('outbox').objectStore('outbox').count())
      db.close()
    }
    return count
  })

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
  const heard = await farthest(agent)
  await recorder(agent).getByRole('button', { name: 'Reproducir' }).click()
  await expect.poll(heard).toBeGreaterThan(0.1)
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
  const sound = await agent.evaluate(async () => {
    const chat = location.pathname.split('/').at(-1)
    const { items } = await (await fetch(`/api/chats/${chat}/messages`)).json()
    return items.at(-1).media.sound
  })
  expect(sound.seconds).toBeGreaterThan(1.5)
  expect(sound.peaks).toMatch(/^[A-Za-z0-9_-]{64}$/)

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
  await expect(slip(agent, 'dígame')).toBeVisible()

  await mic(agent).hover()
  const { x, y } = await centre(mic(agent))
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

  await mic(agent).hover()
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
  // So long that it still speaks when the last tap is done.
  const mediaBase64 = silence(120).toString('base64')
  await sim.writes(customer.phone, { to: number.phone, kind: 'voice', mediaBase64, customerName: customer.name })
  await openChat(agent, customer.name)
  const note = agent.getByRole('article').last()
  await expect(note.getByRole('img', { name: 'Sin escuchar' })).toBeVisible()
  await note.getByRole('button', { name: 'Reproducir' }).click()
  await note.getByRole('button', { name: /^Velocidad 1x/ }).click()
  await note.getByRole('button', { name: /^Velocidad 1,5x/ }).click()
  await expect.poll(() => agent.locator('body > audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(2)
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
    await expect.poll(() => stored(page)).toBe(4)
    const gone = before.waitForEvent('close')
    killBrowser(profile)
    await gone

    const after = await open()
    await after.setOffline(true)
    const again = after.pages()[0] ?? (await after.newPage())
    await again.goto(address)
    // In the conversation: beside it the list shows the last one too.
    await expect(again.getByRole('article').getByRole('img', { name: 'En espera', exact: true })).toHaveCount(4)
    await expect(again.getByRole('article').getByRole('button', { name: 'Reproducir' })).toBeVisible()
    expect(await sim.received(customer.phone)).toHaveLength(0)
    await after.setOffline(false)
    // Eight pauses stand between, growing ones.
    await expect(tick(slip(again, 'Tres'), 'Entregado')).toBeVisible({ timeout: 60_000 })
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
