/** What a portal and its authorization server put an application through: each with talk that must come through it whole. */
import { expect } from 'vitest'
import { settled, type Talked } from './customer.ts'
import { SOON_MS, type Customer, type Line, type Stage } from './stage.ts'

export type Weather = { name: string; happens(stage: Stage): Promise<void> }

/** Everybody has said a word each way: both ends know each other. */
async function talk(customers: readonly Customer[]): Promise<void> {
  await Promise.all(customers.map((customer) => customer.writes('Hola')))
  await Promise.all(customers.map((customer) => customer.hears('Buenas, dígame')))
  await settled(customers, SOON_MS)
}

/** The steps of a message, and why it waited. */
async function explained(customer: Talked & Pick<Customer, 'trace'>, text: string): Promise<string[]> {
  const hops = await customer.trace(text)
  for (const { explanation } of hops) expect(explanation).not.toBe('')
  return hops.map(({ what, code }) => (code === null ? what : `${what} ${code}`))
}

const refusals = async ({ portal }: Line, method: string, error: string) =>
  (await portal.asked(method)).filter((one) => one['error'] === error).length

export const WEATHER: readonly Weather[] = [
  {
    name: 'a portal is away for an hour: the desk goes on, and everything stands in the open line afterwards',
    async happens(stage) {
      const line = await stage.line()
      const customers = [line.customer(), line.customer()]
      await talk(customers)
      await line.portal.settings({ isAway: true })
      for (const text of ['¿Sigue ahí?', '¿Hola?', 'Espero'])
        await Promise.all(customers.map((customer) => customer.writes(text)))
      const stranger = line.customer()
      await stranger.writes('Soy nueva')
      await stage.until('the desk has everything', async () => {
        const rows = await Promise.all([...customers, stranger].map(({ onDesk }) => onDesk()))
        return rows.map(({ length }) => length).join() === '5,5,1'
      })
      // Five minutes between two tries is the longest pause that there is.
      const pause = async () => (await line.longestPauseMs()) > line.asLong(250_000)
      await stage.until('the portal is left alone for long', pause)
      await line.older('1 hour')
      await line.portal.settings({ isAway: false })
      await settled([...customers, stranger], SOON_MS)
      const [first = stranger] = customers
      expect(await explained(first, '¿Sigue ahí?')).toEqual(
        expect.arrayContaining([expect.stringMatching(/^portal_waits portal_(unreachable|answer_lost)/)]),
      )
      // It stands in the open line before the portal's answer is written down as a step.
      const last = async () => (await first.trace('Espero')).at(-1)
      await stage.until('its trace says that it came late', async () => (await last())?.what === 'portal_send_late')
      expect((await last())?.explanation).toMatch(/36\d\d s después/)
    },
  },
  {
    name: 'a portal that says 503 is asked more slowly, and gets everything',
    async happens(stage) {
      const line = await stage.line()
      await line.portal.settings({ bucketSize: 2, bucketDrainPerS: 5 })
      // Somebody else behind our address has filled it.
      await line.portal.mischief({ where: 'rest', what: 'imconnector.send.messages', error: 'QUERY_LIMIT_EXCEEDED', next: 3 })
      const customers = Array.from({ length: 6 }, () => line.customer())
      for (const text of ['uno', 'dos']) await Promise.all(customers.map((customer) => customer.writes(text)))
      await Promise.all(customers.map((customer) => customer.hears('listo')))
      await settled(customers, SOON_MS)
      expect(await refusals(line, 'imconnector.send.messages', 'QUERY_LIMIT_EXCEEDED')).toBeGreaterThan(0)
    },
  },
  {
    name: 'a method that has used up its time rests, and says so; the others go on',
    async happens(stage) {
      const line = await stage.line()
      const [ana, rosa] = [line.customer(), line.customer()]
      await talk([ana, rosa])
      await line.portal.mischief({ where: 'rest', what: 'imconnector.send.messages', error: 'OPERATION_TIME_LIMIT' })
      await ana.writes('¿Me escucha?')
      await stage.until('it waits', async () => (await line.waiting()).some(({ code }) => code === 'portal_method_limit'))
      await rosa.hears('Le llamo mañana')
      await settled([rosa], SOON_MS)
      expect(await refusals(line, 'imconnector.send.messages', 'OPERATION_TIME_LIMIT')).toBeGreaterThan(0)
      await line.portal.behaves()
      await settled([ana, rosa], SOON_MS)
      expect(await explained(ana, '¿Me escucha?')).toContain('portal_waits portal_method_limit')
    },
  },
  {
    name: 'a token that has expired under twenty conversations is renewed once',
    async happens(stage) {
      const line = await stage.line()
      await line.portal.staleToken()
      const before = (await line.portal.asked('/oauth/token/')).length
      const customers = Array.from({ length: 20 }, () => line.customer())
      await Promise.all(customers.map((customer) => customer.writes('Hola')))
      await Promise.all(customers.map((customer) => customer.hears('Buenas')))
      await settled(customers, SOON_MS)
      expect((await line.portal.asked('/oauth/token/')).length - before).toBe(1)
    },
  },
  {
    name: 'a refresh token that is dead is an alarm; an administrator who opens the application sets everything going again',
    async happens(stage) {
      const line = await stage.line({ alone: true })
      const customers = [line.customer(), line.customer()]
      await talk(customers)
      await line.portal.staleToken()
      await line.portal.user(1, { active: false })
      for (const text of ['uno', 'dos']) await Promise.all(customers.map((customer) => customer.writes(text)))
      await stage.until('the portal wants to be connected again', async () => (await line.portal.state()) === 'needs_reconnect')
      expect(await line.portal.alarms()).toEqual([{ kind: 'portal_disconnected', over: false }])
      await stage.until('they wait for that', async () => (await line.waiting()).some(({ code }) => code === 'portal_access'))
      // The operators' way needs no token of ours.
      await customers[0]?.hears('Ya le atiendo')
      await stage.until('the customer has it', async () =>
        ((await customers[0]?.onPhone()) ?? []).some(({ text }) => text === 'Ya le atiendo'),
      )
      await line.portal.user(1, { active: true })
      await line.portal.open(1)
      await settled(customers, SOON_MS)
      expect(await line.portal.state()).toBe('active')
      expect(await line.portal.alarms()).toEqual([{ kind: 'portal_disconnected', over: true }])
      const [first] = customers
      if (first) expect(await explained(first, 'uno')).toContain('portal_waits portal_access')
    },
  },
  {
    name: 'an application that is taken out and installed again takes up every conversation',
    async happens(stage) {
      const line = await stage.line()
      const rosa = line.customer()
      await talk([rosa])
      await line.portal.does('uninstall')
      await stage.until('it is out', async () => (await line.portal.state()) === 'uninstalled')
      await rosa.writes('¿Siguen ahí?')
      await stage.until('the desk has it', async () => (await rosa.onDesk()).some(({ text }) => text === '¿Siguen ahí?'))
      await line.portal.install()
      await rosa.writes('Perfecto')
      await settled([rosa], SOON_MS)
      await rosa.hears('Aquí estamos')
      await settled([rosa], SOON_MS)
    },
  },
  {
    name: 'a portal that takes a minute over every answer keeps no other portal waiting, and gets nothing twice',
    async happens(stage) {
      const [slow, quick] = await Promise.all([stage.line(), stage.line()])
      const [ana, rosa] = [slow.customer(), quick.customer()]
      await talk([ana, rosa])
      await slow.portal.mischief({ where: 'rest', slowMs: slow.asLong(70_000) })
      await ana.writes('¿Hay alguien?')
      const isAsked = async () => (await slow.portal.asked('imconnector.send.messages')).length > 1
      await stage.until('the slow one has been asked', isAsked)
      await rosa.writes('¿Y a mí?')
      await rosa.hears('A usted sí')
      await settled([rosa], SOON_MS)
      await stage.until('nobody knows whether it was taken', async () =>
        (await slow.waiting()).some(({ code }) => code === 'portal_answer_lost'),
      )
      await slow.portal.behaves()
      await settled([ana], SOON_MS)
    },
  },
]
