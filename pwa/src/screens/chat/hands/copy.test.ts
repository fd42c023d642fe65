import { expect, test } from 'vitest'
import type { Message } from '#contract/inbox.ts'
import { aFile, aMessage } from '../../../live/fakes.ts'
import { copyOf } from './copy.rules.ts'

const words = {
  kind: ({ kind }: Message) => kind,
  who: ({ author }: Message) => author.name ?? 'Nosotros',
  when: (at: string) => at.slice(11, 16),
  note: 'nota interna',
}
const receipt = aFile('application/pdf', { name: 'recibo.pdf' })

test('one message is copied as it was said', () => {
  expect(copyOf([aMessage(1, { text: 'Ya pagué\nla cuota' })], words)).toBe('Ya pagué\nla cuota')
})

test('several are a line each with time and name; files are named, and a note says that it was not sent', () => {
  const said = copyOf(
    [
      aMessage(1, { text: 'Ya pagué' }),
      aMessage(2, { kind: 'document', media: receipt, text: 'aquí está' }),
      aMessage(3, { kind: 'location', text: null }),
      aMessage(4, { direction: 'note', text: 'Parece falso', author: { kind: 'person', id: null, name: 'Jorge' } }),
    ],
    words,
  )
  expect(said.split('\n')).toEqual([
    '[15:01] Rosa Huamán: Ya pagué',
    '[15:02] Rosa Huamán: <recibo.pdf> aquí está',
    '[15:03] Rosa Huamán: <location>',
    '[15:04] Jorge (nota interna): Parece falso',
  ])
})
