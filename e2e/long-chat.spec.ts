import type { Locator } from '@playwright/test'
import { fill, openChat, placeOf, row, slip } from './desk.ts'
import { expect, test } from './demo.ts'
import { settled } from './screens.ts'

const MESSAGES = 5_000

/**
 * Reads upwards until `goal` is in the list, page after page, and measures the farthest that what was under the eye
 * moved when a page came. In the page itself: a hundred pages.
 */
async function readUp(log: Locator, goal: string): Promise<{ worstJump: number; pages: number }> {
  return log.evaluate(async (box, start) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const slips = () => [...box.querySelectorAll('article')]
    const middle = box.getBoundingClientRect().top + box.clientHeight / 2
    const underEye = () => slips().find((one) => one.getBoundingClientRect().bottom > middle)
    const isThere = () => slips().some((one) => one.textContent?.startsWith(start))
    let [worstJump, pages] = [0, 0]
    const giveUp = performance.now() + 60_000
    while (!isThere()) {
      // A flick: near to the edge, where the next page is asked for.
      box.scrollTop = Math.min(box.scrollTop, 500)
      await frame()
      await frame()
      const seen = underEye()
      const [text, top] = [seen?.textContent, seen?.getBoundingClientRect().top ?? 0]
      // Kept in its place, the reader is far from the edge again as soon as the page is there. At the beginning, where no
      // further one comes, rows that were just measured may have moved it a little: one more flick.
      const flickAgain = performance.now() + 1_000
      while (box.scrollTop <= 900 && !isThere() && performance.now() < flickAgain) await frame()
      if (performance.now() > giveUp) throw new Error(`gave up after ${pages} pages at ${text}`)
      if (box.scrollTop > 900) pages += 1
      await frame()
      const same = slips().find((one) => one.textContent === text)
      if (same) worstJump = Math.max(worstJump, Math.abs(same.getBoundingClientRect().top - top))
    }
    return { worstJump, pages }
  }, goal)
}

/** Reads down some screens and gives the numbers of the messages that were seen, in their order. */
async function readDown(log: Locator, screens: number): Promise<number[]> {
  return log.evaluate(async (box, times) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const seen = new Set<number>()
    for (let screen = 0; screen < times; screen += 1) {
      for (const one of box.querySelectorAll('article')) seen.add(Number(/^Mensaje (\d+) ·/.exec(one.textContent ?? '')?.[1]))
      box.scrollTop += box.clientHeight * 0.8
      await frame()
      await frame()
    }
    return [...seen]
  }, screens)
}

test('thousands of messages: up to the first and back, in place; a new one shows the pill @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  test.setTimeout(100_000)
  await sim.writes(customer.phone, { to: number.phone, text: 'Lo último', customerName: customer.name })
  await expect(row(agent, customer.name)).toBeVisible()
  await fill(customer.phone, MESSAGES)
  const older: string[] = []
  agent.on('request', (request) => void (request.url().includes('/messages?before=') && older.push(request.url())))
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Lo último')).toBeInViewport()
  // It opens at its end: nothing of its beginning is drawn or asked for.
  expect(await agent.getByRole('article').count()).toBeLessThan(25)
  expect(older).toEqual([])
  const log = agent.getByRole('log', { name: 'Mensajes' })

  // On a first visit the fonts come last, and lines break elsewhere then: this is about pages.
  await settled(agent)
  const up = await readUp(log, 'Mensaje 1 ·')
  await log.evaluate((box) => (box.scrollTop = 0))
  await expect(agent.getByText('Inicio de la conversación')).toBeInViewport()
  await expect(slip(agent, 'Mensaje 1 ·')).toBeInViewport()
  expect(up.pages).toBeGreaterThan(10)
  expect(up.worstJump).toBeLessThan(40)

  const first = slip(agent, 'Mensaje 1 ·')
  const before = await placeOf(first)
  await sim.writes(customer.phone, { to: number.phone, text: 'Uno nuevo mientras lee' })
  const pill = agent.getByRole('button', { name: '1 nuevo · Ir al final' })
  await expect(pill).toBeVisible()
  expect(await placeOf(first)).toEqual(before)

  const seen = await readDown(log, 20)
  expect(seen.length).toBeGreaterThan(100)
  expect(seen).toEqual(seen.map((_, index) => index + 1))

  await pill.click()
  await expect(slip(agent, 'Uno nuevo mientras lee')).toBeInViewport()
  await expect(pill).toBeHidden()
})

test('who waits at the top while the network is slow gets the older pages without another touch @phone', async ({
  agent,
  customer,
  sim,
  number,
}) => {
  await sim.writes(customer.phone, { to: number.phone, text: 'Lo último', customerName: customer.name })
  await expect(row(agent, customer.name)).toBeVisible()
  await fill(customer.phone, 200)
  await openChat(agent, customer.name)
  await expect(slip(agent, 'Mensaje 199 ·')).toBeVisible()
  await agent
    .getByRole('link', { name: 'Volver' })
    .or(agent.getByRole('link', { name: 'Chats' }))
    .first()
    .click()
  await expect(agent.getByRole('log', { name: 'Mensajes' })).toBeHidden()

  const network = Promise.withResolvers<void>()
  await agent.route(/\/messages(\?|$)/, async (route) => {
    await network.promise
    await route.continue()
  })
  await openChat(agent, customer.name)
  const log = agent.getByRole('log', { name: 'Mensajes' })
  await expect(slip(agent, 'Lo último')).toBeInViewport()
  // Until the rows have been measured the list goes on to its end: a hand flicks again.
  await expect
    .poll(() =>
      log.evaluate((box) => {
        const wasAt = box.scrollTop
        box.scrollTop = 0
        return wasAt
      }),
    )
    .toBe(0)
  await expect(slip(agent, 'Mensaje 151 ·')).toBeInViewport()
  network.resolve()
  // An older page pushes what is read away from the top, and keeps it where it was on the screen.
  await expect.poll(() => log.evaluate((box) => box.scrollTop)).toBeGreaterThan(900)
  await expect(slip(agent, 'Mensaje 151 ·')).toBeInViewport()
})
