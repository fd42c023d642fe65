import { expect, test } from 'vitest'
import { CAPTION_MAX, TEXT_MAX } from '#contract/inbox.ts'
import { maySend, windowUntil, type SendContext, type SendRequest } from './send.rules.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const HOUR_MS = 3_600_000
const hoursAgo = (hours: number): string => new Date(NOW - hours * HOUR_MS).toISOString()

const open: SendContext = {
  channel: { kind: 'meta', archived: false, entitled: true, settings: { allowVideo: false, allowLinks: false } },
  chat: { lastInboundAt: hoursAgo(1), consent: null },
  category: null,
  limit: null,
  guard: null,
  quoted: null,
  forwarded: null,
  file: null,
  headerFile: null,
}
const hola: SendRequest = { kind: 'text', text: 'Hola' }
const photo: SendRequest = { kind: 'image', mediaId: 'f' }
const file = (kind: string, state = 'ready') => ({ kind, state, size: 10 })
const refused = (request: SendRequest, context: SendContext): string | null => {
  const verdict = maySend(request, context, NOW)
  return verdict.ok ? null : verdict.code
}

test('an answer within 24 hours may go', () => {
  expect(refused(hola, open)).toBeNull()
})

test('after 24 hours, and in the last minute before, only a template goes', () => {
  const late = { ...open, chat: { lastInboundAt: hoursAgo(25), consent: null } }
  const nearly = { ...open, chat: { lastInboundAt: new Date(NOW - 24 * HOUR_MS + 30_000).toISOString(), consent: null } }
  expect(refused(hola, late)).toBe('window_closed')
  expect(refused(hola, nearly)).toBe('window_closed')
  expect(refused({ kind: 'template', template: { params: [] } }, late)).toBeNull()
})

test('a closed window says since when', () => {
  const verdict = maySend(hola, { ...open, chat: { lastInboundAt: '2026-11-20T10:00:00.000Z', consent: null } }, NOW)
  expect(verdict).toEqual({ ok: false, code: 'window_closed', details: { closedAt: '2026-11-21T10:00:00.000Z' } })
})

test('nobody has written yet: there is no window at all', () => {
  expect(windowUntil(null)).toBeNull()
  expect(refused(hola, { ...open, chat: { lastInboundAt: null, consent: null } })).toBe('window_closed')
})

test('WhatsApp Web has no window and no templates', () => {
  const web = { ...open, channel: { ...open.channel, kind: 'session' }, chat: { lastInboundAt: null, consent: null } }
  expect(refused(hola, web)).toBeNull()
  expect(refused({ kind: 'template', template: { params: [] } }, web)).toBe('kind_not_supported')
})

test('an archived number sends nothing', () => {
  expect(refused(hola, { ...open, channel: { ...open.channel, archived: true } })).toBe('channel_archived')
})

test('a number whose subscription is over sends nothing, not even a template; what it is archived for is said first', () => {
  const over = { ...open, channel: { ...open.channel, entitled: false } }
  expect(refused(hola, over)).toBe('subscription_ended')
  expect(refused({ kind: 'template', template: { params: [] } }, over)).toBe('subscription_ended')
  expect(refused(hola, { ...over, channel: { ...over.channel, archived: true } })).toBe('channel_archived')
})

test('a text is something, and not too long; an emoji is one sign', () => {
  expect(refused({ kind: 'text', text: '  \n ' }, open)).toBe('text_missing')
  expect(refused({ kind: 'text', text: '👍'.repeat(TEXT_MAX) }, open)).toBeNull()
  expect(refused({ kind: 'text', text: 'a'.repeat(TEXT_MAX + 1) }, open)).toBe('text_too_long')
  expect(refused({ ...photo, text: 'a'.repeat(CAPTION_MAX + 1) }, { ...open, file: file('image') })).toBe('text_too_long')
})

test('links go only where the number allows them, in captions too', () => {
  const allowed = { ...open, channel: { ...open.channel, settings: { allowVideo: false, allowLinks: true } } }
  expect(refused({ kind: 'text', text: 'vea https://tienda.ec' }, open)).toBe('link_not_allowed')
  expect(refused({ ...photo, text: 'vea tienda.ec' }, { ...open, file: file('image') })).toBe('link_not_allowed')
  expect(refused({ kind: 'text', text: 'vea https://tienda.ec' }, allowed)).toBeNull()
})

test('videos go only where the number allows them', () => {
  const clip: SendRequest = { kind: 'video', mediaId: 'f' }
  const allowed = { ...open, channel: { ...open.channel, settings: { allowVideo: true, allowLinks: false } } }
  expect(refused(clip, { ...open, file: file('video') })).toBe('video_not_allowed')
  expect(refused(clip, { ...allowed, file: file('video') })).toBeNull()
})

test('a file must be there, ready, and what it is called', () => {
  expect(refused(photo, open)).toBe('media_not_found')
  expect(refused(photo, { ...open, file: file('image', 'pending') })).toBe('media_not_found')
  expect(refused(photo, { ...open, file: file('document') })).toBe('media_mismatch')
  expect(refused({ kind: 'audio', mediaId: 'f' }, { ...open, file: file('voice') })).toBeNull()
})

test('an answer to a message that is not in this chat does not go', () => {
  expect(refused({ ...hola, replyTo: 'q' }, open)).toBe('quoted_not_found')
  expect(refused({ ...hola, replyTo: 'q' }, { ...open, quoted: { id: 'q' } })).toBeNull()
})

test('a template needs its words, and the file of its head', () => {
  expect(refused({ kind: 'template' }, open)).toBe('template_incomplete')
  const withHead: SendRequest = { kind: 'template', template: { params: [], headerMediaId: 'h' } }
  expect(refused(withHead, open)).toBe('media_not_found')
  expect(refused(withHead, { ...open, headerFile: { state: 'ready' } })).toBeNull()
})

const saidNo = (out: 'all' | 'marketing', hours = 25): SendContext => ({
  ...open,
  chat: { lastInboundAt: hoursAgo(hours), consent: { out } },
})
const template: SendRequest = { kind: 'template', template: { params: [] } }

test('who asked for no messages gets no template, whatever its category, also while the window is open', () => {
  for (const hours of [1, 25])
    for (const category of ['utility', 'marketing', null])
      expect(refused(template, { ...saidNo('all', hours), category })).toBe('opted_out')
})

test('who asked for no messages is still answered for 24 hours after they wrote, and not a minute longer', () => {
  expect(refused(hola, saidNo('all', 1))).toBeNull()
  expect(refused(hola, saidNo('all', 25))).toBe('opted_out')
})

test('a number of WhatsApp Web has no window, but who asked for no messages is left alone there, too', () => {
  const web = { ...open.channel, kind: 'session' }
  expect(refused(hola, { ...saidNo('all', 25), channel: web })).toBe('opted_out')
  expect(refused(hola, { ...saidNo('all', 1), channel: web })).toBeNull()
  expect(refused(hola, { ...saidNo('marketing', 25), channel: web })).toBeNull()
})

test('who wants no advertising gets all other templates', () => {
  expect(refused(template, { ...saidNo('marketing'), category: 'marketing' })).toBe('marketing_stopped')
  expect(refused(template, { ...saidNo('marketing'), category: 'utility' })).toBeNull()
  expect(refused(hola, saidNo('marketing', 1))).toBeNull()
})

test('beyond the conversations that WhatsApp allows in a day no other one is begun; answers go on', () => {
  const late = { ...open, chat: { lastInboundAt: hoursAgo(25), consent: null } }
  expect(refused(template, { ...late, limit: { used: 249, max: 250 } })).toBeNull()
  expect(maySend(template, { ...late, limit: { used: 250, max: 250 } }, NOW)).toEqual({
    ok: false,
    code: 'limit_reached',
    details: { max: 250 },
  })
  expect(refused(hola, { ...open, limit: { used: 250, max: 250 } })).toBeNull()
})

test('what goes on is seen by who sends it, is no note, and brings its own file and no other', () => {
  const seen = (direction: string, mediaId: string | null = null) => ({ ...open, forwarded: { direction, mediaId } })
  expect(refused({ ...hola, forwardOf: 'm' }, open)).toBe('forward_gone')
  expect(refused({ ...hola, forwardOf: 'm' }, seen('note'))).toBe('note_not_forwarded')
  expect(refused({ ...hola, forwardOf: 'm' }, seen('in'))).toBeNull()
  expect(refused({ ...photo, forwardOf: 'm' }, { ...seen('in', 'other'), file: file('image') })).toBe('media_not_found')
  expect(refused({ ...photo, forwardOf: 'm' }, { ...seen('in', 'f'), file: file('image') })).toBeNull()
  // And the rules of the chat that it goes to hold.
  const late = { ...seen('in'), chat: { lastInboundAt: hoursAgo(25), consent: null } }
  expect(refused({ ...hola, forwardOf: 'm' }, late)).toBe('window_closed')
})

test('an unofficial number writes first only where it may, to few, and not while WhatsApp or the guardian says no', () => {
  const may = { isAllowed: true, used: 3, max: 10, frozenUntil: null, isStopped: false }
  const first = (more: Partial<typeof may> | { frozenUntil: string }) => ({
    ...open,
    channel: { ...open.channel, kind: 'session' },
    chat: { lastInboundAt: null, consent: null },
    guard: { first: { ...may, ...more }, same: null },
  })
  expect(refused(hola, first({}))).toBeNull()
  expect(refused(hola, first({ isAllowed: false }))).toBe('first_contact_off')
  expect(refused(hola, first({ used: 10 }))).toBe('first_contact_limit')
  expect(refused(hola, first({ frozenUntil: hoursAgo(-3) }))).toBe('first_contact_frozen')
  expect(refused(hola, first({ isStopped: true }))).toBe('first_contact_stopped')
})

test('the same words go to so many people an hour who have not written, and to no more', () => {
  const same = (people: number) => ({
    ...open,
    channel: { ...open.channel, kind: 'session' },
    chat: { lastInboundAt: hoursAgo(60), consent: null },
    guard: { first: null, same: { people, max: 20 } },
  })
  expect(refused(hola, same(19))).toBeNull()
  expect(refused(hola, same(20))).toBe('same_text_limit')
})

const PLACE = { latitude: -2.9, longitude: -79 }
const LUIS = { name: 'Luis', phones: ['+593991112233'], emails: ['luis@estudio.ec'] }

test('a place, somebody and a sticker may go; without what they say they may not', () => {
  expect(refused({ kind: 'location', location: PLACE }, open)).toBeNull()
  expect(refused({ kind: 'contacts', contacts: [LUIS] }, open)).toBeNull()
  expect(refused({ kind: 'sticker', mediaId: 'f' }, { ...open, file: file('sticker') })).toBeNull()
  expect(refused({ kind: 'location' }, open)).toBe('text_missing')
  expect(refused({ kind: 'contacts' }, open)).toBe('text_missing')
  expect(refused({ kind: 'sticker', mediaId: 'f' }, { ...open, file: file('image') })).toBe('media_mismatch')
})

test.each<[string, SendRequest]>([
  ['the name of a place', { kind: 'location', location: { ...PLACE, name: 'tienda.com' } }],
  ['its address', { kind: 'location', location: { ...PLACE, address: 'https://tienda.ec/aqui' } }],
  ['somebody’s name', { kind: 'contacts', contacts: [{ ...LUIS, name: 'www.tienda.com' }] }],
  ['their company', { kind: 'contacts', contacts: [{ ...LUIS, org: 'tienda.com' }] }],
  ['what should be an address of theirs', { kind: 'contacts', contacts: [{ ...LUIS, emails: ['https://tienda.com'] }] }],
  ['what goes on', { kind: 'text', text: 'mire tienda.com', forwardOf: 'm' }],
])('a link in %s is a link, on every kind of number', (_where, request) => {
  const forwarded = { direction: 'in', mediaId: null }
  for (const kind of ['meta', 'session']) {
    const context = { ...open, forwarded, channel: { ...open.channel, kind } }
    expect(refused(request, context)).toBe('link_not_allowed')
    const allowed = { ...context, channel: { ...context.channel, settings: { allowVideo: false, allowLinks: true } } }
    expect(refused(request, allowed)).toBeNull()
  }
})

test('a video goes on to nobody where videos are not allowed, an unofficial number included', () => {
  const context = { ...open, file: file('video'), forwarded: { direction: 'in', mediaId: 'f' } }
  const session = { ...context, channel: { ...open.channel, kind: 'session' } }
  expect(refused({ kind: 'video', mediaId: 'f', forwardOf: 'm' }, session)).toBe('video_not_allowed')
})
