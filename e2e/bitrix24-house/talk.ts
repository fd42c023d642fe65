/** What people do all day, seen at every end: the customer's phone, the open line, the desk. */
import { expect } from 'vitest'
import { settled } from './customer.ts'
import { SOON_MS, type Stage } from './stage.ts'
import type { Weather } from './weather.ts'

/** A whole conversation through one provider. */
const conversation = (kind: 'meta' | 'gupshup'): Weather => ({
  name: `a customer of ${kind} and an operator talk: words, delivery and reading are seen at both ends`,
  async happens(stage) {
    const line = await stage.line({ kind })
    const rosa = line.customer()
    await rosa.writes('Hola, ¿tienen *stock*?')
    await rosa.hears('[b]Sí[/b], ¿cuántos quiere?')
    // What each end shows is that end's own: BB codes here, marks there.
    await stage.until('the customer reads it as WhatsApp writes', async () =>
      (await rosa.onPhone()).some(({ text, progress }) => text === '*Sí*, ¿cuántos quiere?' && progress === 'delivered'),
    )
    expect((await rosa.inLine()).filter(({ from }) => from === 'client').map(({ text }) => text)).toEqual([
      'Hola, ¿tienen [b]stock[/b]?',
    ])
    await stage.until('the operator sees that it arrived', async () =>
      (await rosa.inLine()).some(({ from, delivery }) => from === 'operator' && delivery === 'delivered'),
    )
    await rosa.reads()
    await stage.until('the desk sees that it was read', async () =>
      (await rosa.onDesk()).some(({ direction, status }) => direction === 'out' && status === 'read'),
    )
    expect((await rosa.onDesk()).at(-1)?.author_name).toMatch(/^Bitrix24: ./)
    // The portal has what is told before its answer is written down as a step.
    const walked = (text: string, steps: string[]) =>
      stage.until(`${text}: ${steps.join(', ')}`, async () => {
        const hops = await rosa.trace(text)
        return steps.every((step) => hops.some(({ what }) => what === step))
      })
    await walked('Hola, ¿tienen *stock*?', ['received', 'stored', 'portal_send'])
    await walked('*Sí*, ¿cuántos quiere?', ['operator_wrote', 'sent_to_provider', 'portal_delivery_status'])
  },
})

export const TALK: readonly Weather[] = [
  conversation('meta'),
  conversation('gupshup'),
  {
    name: 'files go both ways, through the redirects of the portal',
    async happens(stage) {
      const rosa = (await stage.line()).customer()
      await rosa.writes('', { kind: 'image' })
      await rosa.hears('', { files: [{ sample: 'image' }, { sample: 'document' }] })
      await stage.until('both are on the phone', async () => {
        const kinds = (await rosa.onPhone()).filter(({ direction }) => direction === 'out').map(({ kind }) => kind)
        return kinds.join() === 'image,document'
      })
      await stage.until('the operator has the picture', async () =>
        (await rosa.inLine()).some(({ from, files }) => from === 'client' && files.length === 1),
      )
    },
  },
  {
    name: 'a file that does not come keeps its own conversation waiting, and no other',
    async happens(stage) {
      const line = await stage.line()
      const [ana, rosa] = [line.customer(), line.customer()]
      await Promise.all([ana, rosa].map((one) => one.writes('Hola').then(one.inPortal)))
      // Longer than a busy machine takes over two answers.
      await line.portal.mischief({ where: 'files', slowMs: 12_000, next: 1 })
      await ana.hears('', { files: [{ sample: 'document' }] })
      await stage.until(
        'its event is taken',
        async () => (await line.portal.rows('told', '?event=ONIMCONNECTORMESSAGEADD')).length === 1,
      )
      for (const text of ['Buenas', '¿Qué desea?']) await rosa.hears(text)
      const got = async (one: typeof ana) => (await one.onPhone()).filter(({ direction }) => direction === 'out').length
      await stage.until('the other customer is answered', async () => (await got(rosa)) === 2)
      expect(await got(ana)).toBe(0)
      await stage.until('the file is there too', async () => (await got(ana)) === 1)
    },
  },
  {
    name: 'the same customer in two portals is a client of each, and neither hears of the other',
    async happens(stage) {
      const [one, two] = await Promise.all([stage.line(), stage.line()])
      const here = one.customer()
      const there = two.customer(here.phone)
      await Promise.all([here.writes('Para ventas'), there.writes('Para cobranzas')])
      await Promise.all([here.hears('Soy ventas'), there.hears('Soy cobranzas')])
      await settled([here, there], SOON_MS)
    },
  },
  {
    name: 'events that come twice, overtake each other or get lost leave one message each',
    happens: strayEvents,
  },
]

async function strayEvents(stage: Stage): Promise<void> {
  const line = await stage.line()
  const rosa = line.customer()
  await rosa.writes('Hola')
  await rosa.inPortal()
  const event = { where: 'events', what: 'ONIMCONNECTORMESSAGEADD', next: 1 }
  await line.portal.mischief({ ...event, duplicate: 3 })
  await rosa.hears('dos veces')
  await line.portal.mischief({ ...event, reorder: true })
  await rosa.hears('adelantado')
  await line.portal.mischief({ ...event, lose: true })
  await rosa.hears('perdido')
  await rosa.hears('último')
  const texts = async () => (await rosa.onPhone()).flatMap(({ direction, text }) => (direction === 'out' ? [text ?? ''] : []))
  await stage.until('everything is on the phone', async () => (await texts()).length >= 4)
  // Nothing tells of a lost one: it is found when the conversation is looked through, and its trace says so.
  expect((await texts()).toSorted()).toEqual(rosa.said.out.toSorted())
  expect((await rosa.trace('perdido')).map(({ what }) => what)).toContain('operator_found')
  await stage.until('each is marked once', async () =>
    (await rosa.inLine()).every(({ from, delivery }) => from !== 'operator' || delivery === 'delivered'),
  )
  expect(await texts()).toHaveLength(4)
}
