/**
 * Acts on what a portal told of a conversation: once, and in the order of its chat. Throws when it must be tried again; then nothing
 * of it is done twice, since every id is made of the portal's own numbers.
 */
import type { FailureCode } from '#contract/failures.ts'
import type { Env } from '../../lib/env.ts'
import { wakeJobs } from '../../lib/jobs.ts'
import { databaseOf } from '../../lib/sql.ts'
import { sendFromPortal, tellRules, type Author, type HopNote } from '../../inbox/index.ts'
import type { Called, Wanted } from '../call-queue.ts'
import { asMap, asNumber } from '../rest/answers.ts'
import { hostsOf } from '../surroundings.ts'
import { signed, unsigned, whatsappOf } from './bb.rules.ts'
import { changeFromPortal } from './change.ts'
import { echoHash } from './echo.ts'
import type { Kept, Said, Turned } from './heard.ts'
import { fileAddress } from './files.rules.ts'
import { fetchFile, lostFile, type Fetched } from './files.ts'
import { idFor } from './ids.ts'
import * as store from './incoming.store.ts'
import { partsOf, type Part, type PortalFile } from './parts.rules.ts'

/** `aside`: done beside everything else; nobody waits for it. */
export type Portal = {
  portalId: string
  call: (wanted: Wanted) => Promise<Called>
  aside: (work: Promise<void>) => void
}

/** A file that does not come is asked for as often; then the message says so. */
const FILE_TRIES = 5
/** A customer would notice. */
const LATE_S = 10

/** Acts on one event. */
export async function hear(env: Env, portal: Portal, kept: Kept): Promise<void> {
  const { heard } = kept
  const known = await store.hears(databaseOf(env), portal.portalId, await noteOf(portal.portalId, kept))
  if (!known) return
  if ('sessionId' in heard) return turn(env, portal, kept, heard, known)
  if (heard.what !== 'add') return changeFromPortal(env, portal.portalId, kept, heard, known)
  await write(env, portal, kept, heard, known)
}

/** The event as the database notes it; no token, and of a message what its echo would say. */
async function noteOf(portalId: string, { key, name, heard, at }: Kept): Promise<object> {
  const note = { ...heard, key, name, at: new Date(at).toISOString(), body: heard }
  if ('sessionId' in heard || heard.what !== 'add') return note
  const hashes = await Promise.all([...new Set([heard.text, unsigned(heard.text).text])].map(echoHash))
  const said = { ...note, text: whatsappOf(heard.text), hashes }
  // Words alone are one message: noted with the event, which saves a question on the customer's way.
  if (heard.files.length > 0) return said
  return { ...said, parts: [{ messageId: await idFor(portalId, 'message', heard.imMessageId, 0), part: 0 }] }
}

async function write(env: Env, portal: Portal, kept: Kept, said: Said, known: store.KnownChat): Promise<void> {
  const db = databaseOf(env)
  const { portalId } = portal
  const { name, text } = known.signs ? unsigned(said.text) : { name: null, text: said.text }
  const author = authorOf(known, name, said.userId)
  const words = whatsappOf(text)
  const files = await Promise.all(said.files.map((file, n) => fileOf(env, portalId, kept, said, known, { file, n })))
  const parts = partsOf(known.signs && words !== '' ? signed(name ?? known.author.name, words) : words, files)
  if (parts.length === 0) return store.heardOut(db, portalId, kept.key, 'ignored', 'nothing_said')
  const ids = await Promise.all(parts.map(({ part }) => idFor(portalId, 'message', said.imMessageId, part)))
  if (files.length > 0) {
    const rows = parts.map(({ part, file }, n) => ({ messageId: ids[n], part, file }))
    await store.parts(db, portalId, { ...said, portalChatId: known.portalChatId, parts: rows })
  }
  const refused: FailureCode[] = []
  const written = writtenAt(kept, Date.now())
  for (const [n, part] of parts.entries()) {
    const code = await sendFromPortal(env, {
      ...{
        portalId,
        context: known,
        author,
        traceId: kept.traceId,
        messageId: ids[n] ?? '',
        kind: part.kind,
        text: part.text,
        mediaId: part.file?.id,
      },
      at: new Date(written + n).toISOString(),
      hops: hopsOf(kept, known.domain, author, part),
      refused: known.author.may ? (part.file?.reason ?? null) : 'sender_not_allowed',
    })
    if (code !== null) refused.push(code)
  }
  await store.heardOut(db, portalId, kept.key, refused.length > 0 ? 'refused' : 'done', refused[0] ?? null)
  if (said.userId !== null && said.userId !== known.responsible) portal.aside(ownerNow(env, portal, said, known))
}

/** The portal counts whole seconds: within one, the order in which we act decides, and where that stood still, the portal's own numbers. */
function writtenAt({ at, ts }: Kept, now: number): number {
  return ts === null || ts > at + 60_000 ? at : Math.min(now, ts + 999)
}

/** Who shows as its writer: the person of ours, else the employee by name; what the line says by itself is nobody's. */
function authorOf({ author }: store.KnownChat, signature: string | null, userId: string | null): Author {
  const { kind, id, name } = author
  if (kind !== 'api') return { kind, id, name }
  return { kind, id, name: `Bitrix24: ${name ?? signature ?? userId ?? ''}` }
}

async function fileOf(
  env: Env,
  portalId: string,
  { at }: Kept,
  said: Said,
  { accountId, domain, tries }: store.KnownChat,
  { file, n }: { file: Said['files'][number]; n: number },
): Promise<PortalFile> {
  const id = await idFor(portalId, 'media', said.imMessageId, n + 1)
  const hosts = hostsOf(env)
  const fetched: Fetched = await fetchFile(env, { accountId, id, at: new Date(at).toISOString() }, file, (link, from) =>
    fileAddress(link, from, domain, hosts),
  )
  if (fetched.ok) return fetched.file
  if (fetched.again && tries < FILE_TRIES) throw new Error(fetched.code)
  return lostFile(id, file, fetched.code)
}

function hopsOf({ name, at, ts }: Kept, portal: string, author: Author, { file }: Part): HopNote[] {
  const seconds = ts === null ? 0 : Math.round((at - ts) / 1_000)
  const late = seconds > LATE_S ? 'operator_wrote_late' : 'operator_wrote'
  const what = author.kind === 'system' ? 'line_spoke' : name === 'SWEEP' ? 'operator_found' : late
  const first: HopNote = {
    at: new Date(at).toISOString(),
    level: 'info',
    place: 'bitrix24',
    what,
    data: { person: author.name, portal, seconds },
  }
  if (!file?.r2Key) return [first]
  return [
    first,
    { at: new Date().toISOString(), level: 'info', place: 'media', what: 'operator_file', data: { portal, bytes: file.size } },
  ]
}

/** Somebody else writes there than who answered: the portal says whose conversation it is now. */
async function ownerNow(
  env: Env,
  { portalId, call }: Portal,
  { imChatId, external, connector }: Said,
  known: store.KnownChat,
): Promise<void> {
  const called = await call({
    ...{
      method: 'imopenlines.dialog.get',
      params: { CHAT_ID: Number(imChatId) },
      priority: 'sync',
      order: `${connector}|${external}`,
    },
    isRepeatable: true,
  })
  // Whose it is becomes known with the next word, or with the next look.
  if (!called.ok) return
  const owner = asNumber(asMap(called.result)['owner'])
  if (owner > 0) await tell(env, known.accountId, await store.given(databaseOf(env), portalId, known.portalChatId, String(owner)))
}

async function turn(env: Env, { portalId }: Portal, kept: Kept, heard: Turned, known: store.KnownChat): Promise<void> {
  const event = { ...heard, at: new Date(kept.at).toISOString(), portalChatId: known.portalChatId }
  await tell(env, known.accountId, await store.session(databaseOf(env), portalId, event))
  await store.heardOut(databaseOf(env), portalId, kept.key, 'done', null)
}

/** Phones see it at once; what a closing brings with it goes on its way. */
async function tell(env: Env, accountId: string, changed: unknown): Promise<void> {
  if (changed === null) return
  await tellRules(env, accountId, changed)
  const { begun, farewell } = asMap(changed)
  await wakeJobs(env, begun)
  await wakeJobs(env, farewell)
}
