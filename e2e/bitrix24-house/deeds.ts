/** What the portal asks of us by itself, and what of ours stands in its CRM. */
import { expect } from 'vitest'
import * as z from 'zod'
import type { Weather } from './weather.ts'

const Numbered = z.looseObject({ number: z.number() })

export const DEEDS: readonly Weather[] = [
  {
    name: 'a robot’s template and an SMS reach the customer’s phone, and the portal hears that they arrived; the card shows who waits',
    async happens(stage) {
      const { portal, number, ...line } = await stage.line()
      const rosa = line.customer()
      const fm = [{ typeId: 'PHONE', valueType: 'MOBILE', value: `+${rosa.phone}` }]
      const card = Numbered.parse(await portal.does('item', { typeId: 3, fields: { name: 'Rosa', fm } })).number
      await rosa.writes('¿Cuánto debo?')
      // Beside the open line's own entry stands ours, unfinished while she waits.
      const entry = async () => (await portal.rows('activities')).find(({ kind }) => kind === 'configurable')
      await stage.until('the card shows that she waits', async () => (await entry())?.['completed'] === false)
      expect(await entry()).toMatchObject({ typeId: 3, number: card, incoming: true })

      // Nobody has opened the templates of this number: that it was bound is enough for robots to offer them.
      await stage.until('the robot offers the template', async () =>
        JSON.stringify(await portal.rows('robots')).includes('recordatorio_pago|es'),
      )
      const properties = { channel: number.id, template: 'recordatorio_pago|es', p1: 'Rosa', p2: '$ 20', p3: 'mañana' }
      await portal.does('robot', { code: 'wab24_send', id: `3:${card}`, properties })
      const sender = (await portal.rows('senders')).find(({ name }) => name === `WhatsApp ${number.name}`)
      await portal.does('sms', { sender: sender?.['code'], id: `3:${card}`, text: 'Le espero en la oficina' })
      const arrived = async (words: string) =>
        (await rosa.onPhone()).filter(({ text, progress }) => text?.includes(words) && progress === 'delivered').length === 1
      await stage.until('the template is on her phone', () => arrived('Rosa'))
      await stage.until('the SMS is on her phone', () => arrived('Le espero en la oficina'))
      await stage.until('the workflow goes on', async () =>
        (await portal.rows('robotRuns')).some(({ answer }) => answer !== null && JSON.stringify(answer).includes('"error":""')),
      )
      await stage.until('the SMS is delivered in the card', async () => (await portal.rows('sms'))[0]?.['status'] === 'delivered')
      await rosa.hears('Debe $ 20')
      await stage.until('the card shows that she was answered', async () => (await entry())?.['completed'] === true)
      expect((await portal.rows('activities')).filter(({ kind }) => kind === 'configurable')).toHaveLength(1)
    },
  },
]
