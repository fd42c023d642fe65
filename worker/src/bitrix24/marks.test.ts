import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whatsappOf } from './incoming/bb.rules.ts'
import { toBitrix } from './outgoing/text.rules.ts'

const word = fc.constantFrom('Hola', 'ñandú', '20', 'US$', '¿qué?', '🙂', 'a', '3.50,', '[12]', 'x_y', '2*3')
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '))
const PAIRS = { b: '*', i: '_', s: '~' } as const

/** A line of words, some of them marked, as both write it. */
const plain = words.map((text) => ({ bb: text, whatsapp: text }))
const marked = fc
  .tuple(
    fc.array(fc.constantFrom<keyof typeof PAIRS>('b', 'i', 's'), { minLength: 1, maxLength: 3 }),
    fc.constantFrom<string>('Hola', 'dos palabras', '¿qué?', '🙂 sí'),
  )
  .map(([tags, text]) =>
    [...new Set(tags)].reduce(
      ({ bb, whatsapp }, tag) => ({ bb: `[${tag}]${bb}[/${tag}]`, whatsapp: `${PAIRS[tag]}${whatsapp}${PAIRS[tag]}` }),
      { bb: text, whatsapp: text },
    ),
  )
const code = fc
  .constantFrom('x = 1', '*no*', 'a\nb', '_')
  .map((text) => ({ bb: `[code]${text}[/code]`, whatsapp: `\`\`\`${text}\`\`\`` }))
const line = fc.array(fc.oneof(plain, marked, code), { minLength: 1, maxLength: 4 }).map((parts) => ({
  bb: parts.map(({ bb }) => bb).join(' '),
  whatsapp: parts.map(({ whatsapp }) => whatsapp).join(' '),
}))
const text = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => ({
  bb: lines.map(({ bb }) => bb).join('\n'),
  whatsapp: lines.map(({ whatsapp }) => whatsapp).join('\n'),
}))

test('bold, italic, struck and code are the same at both ends, there and back', () => {
  fc.assert(
    fc.property(text, ({ bb, whatsapp }) => {
      expect(toBitrix(whatsapp)).toBe(bb)
      expect(whatsappOf(bb)).toBe(whatsapp)
    }),
    { numRuns: 300 },
  )
})

/** Where it stands nobody sees it: it takes the sense out of what looks like a mark of Bitrix24's. */
const WORD_JOINER = '⁠'

test('what a customer wrote comes back from the open line as they wrote it, whatever it looks like', () => {
  const piece = fc.constantFrom('[b]', '[/b]', '[url=x]', '[br]', '[quote]', '*', '_', '~', '```', 'a', 'Rosa', ' ', '\n', '[x]')
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 14 }), (said) => {
      const back = whatsappOf(toBitrix(said)).replaceAll(WORD_JOINER, '')
      expect(back).toBe(said.replaceAll(/[^\S\n]+\n/g, '\n').trim())
    }),
    { numRuns: 1_000 },
  )
})
