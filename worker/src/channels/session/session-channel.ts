/** WhatsApp Web sessions behind the channel port. What is sent is handed to the number's Session object, which has its own line. */
import type { Identities } from '#contract/channel-event.ts'
import type { FailureCode } from '#contract/failures.ts'
import type { SendOrder, To } from '#contract/session-node.ts'
import { newId } from '../../lib/ids.ts'
import type { ChannelAdapter, Line, Outgoing, SendOutcome, SessionPort, TemplateFailure, Told } from '../channel.ts'
import { waIdOf } from './wa-id.rules.ts'

/** The object stores by id: asked again after a break, nothing is doubled. */
const TRIES = 3
/** A number may be away for so long, and its files can still be read then. */
const WAITS_MS = 7 * 86_400_000

function portOf(line: Line): SessionPort {
  if (line.credentials.kind !== 'session') throw new Error('a line of another kind was given to the session adapter')
  return line.credentials.session
}

function refused(code: FailureCode): SendOutcome {
  return { outcome: 'refused', error: { code, providerCode: 'none' }, stopsChannel: false }
}

/** A bsuid is Meta's own name of somebody: nobody is known by it here. */
function toOf({ phone, lid }: Identities): To | null {
  if (!phone && !lid) return null
  return { ...(phone ? { phone } : {}), ...(lid ? { lid } : {}) }
}

async function order(line: Line, id: string, what: SendOrder): Promise<SendOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await portOf(line).send(id, what)
      return { outcome: 'accepted', providerId: id }
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      if (attempt >= TRIES)
        return { outcome: 'try_later', error: { code: 'provider_unreachable', providerCode: 'session_object', detail } }
    }
  }
}

async function send(message: Outgoing, line: Line): Promise<SendOutcome> {
  const to = toOf(message.to)
  if (!to) return refused('recipient_missing')
  if (message.kind === 'template') return refused('kind_not_supported')
  if (isEmpty(message)) return refused('message_malformed')
  const file = message.file && {
    url: await message.file.link(WAITS_MS),
    mime: message.file.mime,
    name: message.file.name,
    size: message.file.size,
    ...(message.file.sound ? { sound: message.file.sound } : {}),
  }
  return order(line, waIdOf(message.messageId), {
    do: 'message',
    to,
    kind: message.kind,
    ...(message.text ? { text: message.text } : {}),
    ...(file ? { file } : {}),
    ...(message.location ? { location: message.location } : {}),
    ...(message.contacts ? { contacts: message.contacts } : {}),
    ...(message.quoted ? { quoted: message.quoted } : {}),
    ...(message.forwarded ? { forwarded: true } : {}),
    ...(message.ephemeral ? { ephemeral: message.ephemeral } : {}),
  })
}

function isEmpty({ kind, text, file, location, contacts }: Outgoing): boolean {
  if (kind === 'text') return !text
  if (kind === 'location') return !location
  return kind === 'contacts' ? !contacts?.length : !file
}

async function react(target: string, emoji: string | null, who: Identities, line: Line): Promise<SendOutcome> {
  const to = toOf(who)
  return to ? order(line, waIdOf(newId()), { do: 'react', to, target, emoji }) : refused('recipient_missing')
}

async function change(target: string, text: string | null, who: Identities, line: Line): Promise<SendOutcome> {
  const to = toOf(who)
  if (!to) return refused('recipient_missing')
  return order(line, waIdOf(newId()), text === null ? { do: 'revoke', to, target } : { do: 'edit', to, target, text })
}

async function markRead(providerId: string, typing: boolean, line: Line): Promise<SendOutcome> {
  const { ok, code } = await portOf(line).ask({ do: 'read', waId: providerId, typing })
  if (ok) return { outcome: 'accepted', providerId }
  return { outcome: 'try_later', error: { code: code ?? 'session_away', providerCode: 'none' } }
}

async function fetchMedia(ref: { id?: string | undefined }, line: Line): ReturnType<ChannelAdapter['fetchMedia']> {
  const gone = { ok: false as const, again: false, error: { code: 'media_gone', providerCode: 'none' } }
  if (!ref.id) return gone
  const found = await portOf(line).file(ref.id)
  if (found.ok) return { ok: true, body: found.body, size: found.size, mime: null }
  return found.code === 'media_gone'
    ? gone
    : { ok: false, again: true, error: { code: found.code ?? 'session_away', providerCode: 'none' } }
}

/** These numbers have no templates, no hooks and nobody who reviews them: asked all the same, they say so. */
const NONE: TemplateFailure = { ok: false, error: { code: 'kind_not_supported', providerCode: 'session' }, lost: false }
const notHere = (): Promise<Told<null>> => Promise.resolve({ ok: false, error: NONE.error })

const NOTHING_TOLD = {
  ...{ quality: null, limit: null, throughput: null, account: null, hosting: null, verification: null, canSend: null },
  ...{ sandbox: false, app: null, wallet: null },
}

export const sessionChannel: ChannelAdapter = {
  kind: 'session',
  capabilities: ['reaction', 'quote', 'read', 'typing', 'voice', 'video', 'edit', 'delete'],
  verify: () => Promise.resolve({ ok: false, reason: 'no_secret' }),
  parse: () => 'not_json',
  send,
  react,
  change,
  markRead,
  fetchMedia,
  templates: {
    list: () => Promise.resolve({ ok: true, templates: [] }),
    create: () => Promise.resolve(NONE),
    edit: () => Promise.resolve(NONE),
    remove: () => Promise.resolve(NONE),
    removesAllLanguages: false,
  },
  async health(line) {
    const { state, code, name } = await portOf(line).now()
    if (state === 'open') return { ok: true, displayName: name }
    return { ok: false, error: { code: code ?? 'session_away', providerCode: state } }
  },
  async details(line) {
    const { name, phone, state } = await portOf(line).now()
    return { ok: true, value: { number: { ...NOTHING_TOLD, phone, name, state }, hooks: null, profile: null } }
  },
  connectHook: notHere,
  saveProfile: notHere,
  savePhoto: notHere,
}
