import { expect, test, vi } from 'vitest'
import type { Draft } from '#contract/drafts.ts'
import { aPhone } from './a-phone.ts'
import { heard, emptyDraft } from './draft.rules.ts'
import { aChat, aMe } from './fakes.ts'

const { id: chatId } = aChat(1)

function written(text: string, rev: number, more: Partial<Draft> = {}): Draft {
  const own = {
    chatId,
    personId: aMe().person.id,
    note: '',
    replyTo: null,
    mentions: [],
    writing: null,
    at: '2026-11-21T10:00:00.000Z',
  }
  return { ...own, text, rev, ...more }
}

test('what another device typed replaces what this one had from it, and stands beside what was typed here', () => {
  const mine = { ...emptyDraft(chatId), text: 'Buenos', rev: 1 }
  expect(heard(mine, written('Buenos días', 2), null)).toMatchObject({ text: 'Buenos días', rev: 2 })
  expect(heard(mine, written('viejo', 1), null)).toBeNull()
  expect(heard({ ...mine, text: 'Le llamo', isOwn: true }, written('Buenos días', 2), null)).toMatchObject({
    text: 'Buenos días\nLe llamo',
    rev: 2,
    isOwn: true,
  })
  expect(heard({ ...mine, text: 'Buenos días, Rosa', isOwn: true }, written('Buenos días', 2), null)?.text).toBe(
    'Buenos días, Rosa',
  )
  // Our own writing, told by the stream before the answer to it.
  expect(heard({ ...mine, text: 'Buenos días', isOwn: true }, written('Buenos días', 2), null)).toMatchObject({
    rev: 2,
    isOwn: false,
  })
  expect(heard({ ...mine, text: 'Aún escribo', isOwn: true }, written('', 2), null)?.text).toBe('Aún escribo')
})

test('words go to the server once, over the writing that they were typed over; the stream brings those of other devices', async () => {
  const saves: unknown[] = []
  await using phone = await aPhone(({ method, path, body }) => {
    if (method !== 'PUT' || !path.endsWith('/draft')) return undefined
    saves.push(body)
    return { body: { saved: true, draft: written(String(body['text']), Number(body['rev']) + 1) } }
  })
  const { drafts } = phone.running
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  drafts.set({ ...drafts.of(chatId), text: 'Buenos' })
  drafts.set({ ...drafts.of(chatId), text: 'Buenos días' })
  await vi.waitFor(() => expect(drafts.of(chatId)).toMatchObject({ rev: 1, isOwn: false }), 4_000)
  expect(saves).toMatchObject([{ text: 'Buenos días', rev: 0 }])
  // The stream tells this device its own writing, too: that is no reason to write again.
  phone.tell({ type: 'draft', draft: written('Buenos días', 1) })
  phone.tell({ type: 'draft', draft: written('', 2) })
  expect(drafts.of(chatId).text).toBe('')
})

test('two devices that write at once keep both, and the server gets them over the writing that it has', async () => {
  let kept = written('De la tableta', 7)
  await using phone = await aPhone(({ method, path, body }) => {
    if (method !== 'PUT' || !path.endsWith('/draft')) return undefined
    const saved = body['rev'] === kept.rev
    if (saved) kept = written(String(body['text']), kept.rev + 1)
    return { body: { saved, draft: kept } }
  })
  const { drafts } = phone.running
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  drafts.set({ ...drafts.of(chatId), text: 'Del teléfono' })
  phone.tell({ type: 'draft', draft: kept })
  await vi.waitFor(() => expect(drafts.of(chatId)).toMatchObject({ rev: 8, isOwn: false }), 6_000)
  expect(kept.text).toBe('De la tableta\nDel teléfono')
})

test('what was typed over while the server was taking it is our own when the stream tells it', async () => {
  const waiting: (() => void)[] = []
  let kept = written('', 0)
  await using phone = await aPhone(({ method, path, body }) => {
    if (method !== 'PUT' || !path.endsWith('/draft')) return undefined
    const saved = body['rev'] === kept.rev
    if (saved) kept = written(String(body['text']), kept.rev + 1, { writing: String(body['writing']) })
    // Told before it is answered for, when the next words stand there already.
    for (const run of waiting.splice(0)) run()
    return { body: { saved, draft: kept } }
  })
  const { drafts } = phone.running
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  drafts.set({ ...drafts.of(chatId), text: 'Pague aquí' })
  waiting.push(() => {
    drafts.set({ ...drafts.of(chatId), text: 'Otra cosa' })
    phone.tell({ type: 'draft', draft: kept })
  })
  await vi.waitFor(() => expect(kept.rev).toBe(2), 6_000)
  await vi.waitFor(() => expect(drafts.of(chatId)).toMatchObject({ text: 'Otra cosa', rev: 2, isOwn: false }))
  expect(kept.text).toBe('Otra cosa')
})
