import { expect, test } from 'vitest'
import { emptyDraft, type DraftFile } from '../../live/draft.rules.ts'
import { entriesOf } from './entries.rules.ts'

const author = { id: 'p', name: 'Jorge' }
function stamps() {
  let n = 0
  return () => ({ id: `id-${(n += 1)}`, at: '2026-11-20T15:00:00.000Z' })
}
const file = (name: string, kind: DraftFile['kind']): DraftFile => ({ blobId: name, name, mime: 'x/y', size: 1, kind })
const told = (draft: Parameters<typeof entriesOf>[0]) =>
  entriesOf(draft, author, stamps()).map(({ id, what, kind, text }) => [id, what, kind, text])
const draft = emptyDraft('c')

test('a text is one message and carries what it answers', () => {
  const replyTo = { id: null, direction: 'in' as const, kind: 'text' as const, text: '¿?' }
  expect(entriesOf({ ...draft, text: 'hola', replyTo }, author, stamps())).toMatchObject([
    { kind: 'text', text: 'hola', replyTo, state: 'queued', posted: false },
  ])
})

test('several files are several messages, and the first one carries the words', () => {
  expect(told({ ...draft, text: 'aquí van', files: [file('a', 'image'), file('b', 'document')] })).toEqual([
    ['id-1', 'message', 'image', 'aquí van'],
    ['id-2', 'message', 'document', null],
  ])
})

test('words go before an audio, which cannot carry them', () => {
  expect(told({ ...draft, text: 'escuche', files: [file('a', 'audio')] })).toEqual([
    ['id-1', 'message', 'text', 'escuche'],
    ['id-2', 'message', 'audio', null],
  ])
})

test('a note never takes the message that is half written with it', () => {
  expect(told({ ...draft, mode: 'note', note: 'ojo', text: 'hola', files: [file('a', 'image')] })).toEqual([
    ['id-1', 'note', 'text', 'ojo'],
  ])
})
