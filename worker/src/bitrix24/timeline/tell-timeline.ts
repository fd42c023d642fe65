/**
 * Tells the portal what shall stand in the timeline of its cards: several entries in one request, after everything else that the portal
 * is asked. Each step may be done twice: an entry that was perhaps made is looked for under our id before it is made.
 */
import type { Called, Wanted } from '../call-queue.ts'
import { isPassing } from '../lines.ts'
import { asList, asMap, type Meaning } from '../rest/answers.ts'
import { batchesOf, batchMeanings, type Command } from '../rest/batch.ts'
import type { Entry, EntryOutcome } from './entry.ts'
import { BADGES, fieldsOf, layoutOf, ORIGINATOR, type Looks } from './layout.ts'
import { ownersByPhone, ownersOfDialog, phonesAsked, type Owner } from './owners.ts'
import { timelineWords } from './words.ts'

export type TimelineWorld = {
  take: (limit: number) => Promise<{ rows: Entry[]; nextAt: string | null }>
  settle: (outcomes: readonly EntryOutcome[]) => Promise<void>
  call: (wanted: Wanted) => Promise<Called>
  chatUrl: (chatId: string) => string
  now: () => number
}

/** Three questions about each, and three about the portal, fit one batch. */
const AT_ONCE = 15
const MINUTE_MS = 60_000
type Refused = Extract<Called, { ok: false }>

/** As many as one request takes. Gives when the next one is due, null for never; `more`: there may be some that are due now. */
export async function tellEntries(world: TimelineWorld): Promise<number | null | 'more'> {
  const { rows, nextAt } = await world.take(AT_ONCE)
  if (rows.length === 0) return nextAt === null ? null : Date.parse(nextAt)
  const outcomes = await tellSome(world, rows)
  await world.settle(outcomes)
  // Where nobody answers now, nobody answers the next ones.
  if (!outcomes.every(({ outcome }) => outcome === 'later')) return 'more'
  const after = outcomes.map(({ afterMs }) => afterMs ?? MINUTE_MS)
  return world.now() + Math.min(...after)
}

async function tellSome(world: TimelineWorld, entries: readonly Entry[]): Promise<EntryOutcome[]> {
  const found = await lookAround(world, entries)
  if ('ok' in found)
    return entries.map((entry) => ({ ...waits(world, entry, found), ...(!entry.wasAsked && { isThere: false }) }))
  const { badges, looks, placed } = found
  const shown = { badges, looks, chatUrl: world.chatUrl }
  const writable = placed.filter(
    ({ entry, owners, activityId }) => activityId !== null || entry.ownerId !== null || owners.length > 0,
  )
  const nowhere = placed.filter((one) => !writable.includes(one))
  const commands = [...badgesMissing(badges, entries), ...writable.map((one) => commandOf(one, shown))]
  const done = await batched(world, commands, false)
  const none = nowhere.map(({ entry: { id, rev } }): EntryOutcome => ({
    id,
    rev,
    outcome: 'none',
    code: 'no_card',
    isThere: false,
  }))
  if ('ok' in done) return [...none, ...writable.map(({ entry }) => waits(world, entry, done))]
  const answers = done.slice(commands.length - writable.length)
  const outcomes = writable.map((one, n) => outcomeOf(world, one, answers[n]))
  await bindOthers(world, writable, outcomes)
  return [...none, ...outcomes]
}

type Placed = { entry: Entry; owners: Owner[]; activityId: string | null }
type Around = { badges: Set<string>; looks: Looks; placed: Placed[] }

/** What the portal has of ours, and where each entry belongs. */
async function lookAround(world: TimelineWorld, entries: readonly Entry[]): Promise<Around | Refused> {
  const asked = entries.map(questionsAbout)
  const commands: Command[] = [
    { method: 'crm.activity.badge.list', params: {} },
    { method: 'crm.timeline.icon.list', params: {} },
    { method: 'crm.timeline.logo.list', params: {} },
    ...asked.flatMap((questions) => questions.map(({ command }) => command)),
  ]
  const meanings = await batched(world, commands, true)
  if ('ok' in meanings) return meanings
  const codes = (meaning: Meaning | undefined, list: string): Set<string> =>
    new Set(asList(asMap(meaning?.problem ? null : meaning?.result)[list]).map((one) => String(asMap(one)['code'])))
  let at = 3
  const placed = entries.map((entry, n): Placed => {
    const one: Placed = { entry, owners: [], activityId: entry.activityId }
    for (const { read } of asked[n] ?? []) {
      const meaning = meanings[at]
      if (meaning && !meaning.problem) read(meaning.result, one)
      at += 1
    }
    return one
  })
  const looks = { icons: codes(meanings[1], 'icons'), logos: codes(meanings[2], 'logos') }
  return { badges: codes(meanings[0], 'badges'), looks, placed }
}

type Question = { command: Command; read: (result: unknown, into: Placed) => void }

/** Nothing, once the portal has it. */
function questionsAbout({ id, activityId, wasAsked, chat, contact }: Entry): Question[] {
  if (activityId !== null) return []
  const questions: Question[] = []
  const owned = (owners: Owner[], into: Placed): void => {
    if (into.owners.length === 0) into.owners = owners
  }
  if (chat.imChatId !== null)
    questions.push({
      command: { method: 'imopenlines.dialog.get', params: { CHAT_ID: chat.imChatId } },
      read: (result, into) => owned(ownersOfDialog(result), into),
    })
  if (contact.phones.length > 0)
    questions.push({
      command: { method: 'crm.duplicate.findbycomm', params: { type: 'PHONE', values: phonesAsked(contact.phones) } },
      read: (result, into) => owned(ownersByPhone(result), into),
    })
  if (wasAsked) {
    const filter = { ORIGINATOR_ID: ORIGINATOR, ORIGIN_ID: id }
    questions.push({
      command: { method: 'crm.activity.list', params: { filter, select: ['ID'] } },
      read: (result, into) => {
        const [known] = asList(result).map(asMap)
        into.activityId = known?.['ID'] === undefined ? null : String(known['ID'])
      },
    })
  }
  return questions
}

/** Badges are the administrator's to make: where it is refused, entries go without. */
function badgesMissing(badges: ReadonlySet<string>, [first]: readonly Entry[]): Command[] {
  const words = timelineWords(first?.language ?? 'es')
  const wanted = [
    { code: BADGES.waits, title: 'WhatsApp', value: words.waiting, type: 'warning' },
    { code: BADGES.answered, title: 'WhatsApp', value: words.answered, type: 'success' },
  ]
  return wanted.flatMap((params) => (badges.has(params.code) ? [] : [{ method: 'crm.activity.badge.add', params }]))
}

type Shown = { badges: ReadonlySet<string>; looks: Looks; chatUrl: (chatId: string) => string }

function commandOf({ entry, owners, activityId }: Placed, { badges, looks, chatUrl }: Shown): Command {
  const layout = layoutOf(entry, looks, chatUrl(entry.chat.id))
  const fields = fieldsOf(entry, badges, activityId === null)
  if (activityId !== null)
    return { method: 'crm.activity.configurable.update', params: { id: Number(activityId), fields, layout } }
  const [owner] = owners
  const on = { ownerTypeId: owner?.typeId ?? 0, ownerId: owner?.id ?? 0 }
  return { method: 'crm.activity.configurable.add', params: { ...on, fields, layout } }
}

function outcomeOf(world: TimelineWorld, { entry, owners, activityId }: Placed, meaning: Meaning | undefined): EntryOutcome {
  const { id, rev } = entry
  const problem = meaning?.problem
  if (problem) {
    // Refused is not made.
    const gone = activityId === null ? ({ isThere: false } as const) : {}
    if (isPassing(problem.kind)) return { ...waits(world, entry, { ok: false, ...problem, againAt: null }), ...gone }
    return { id, rev, outcome: 'failed', code: problem.code, text: problem.text, ...gone }
  }
  if (activityId !== null) return { id, rev, outcome: 'done', activityId }
  const made = asMap(asMap(meaning?.result)['activity'])['id']
  const [owner] = owners
  if (made === undefined || !owner) return { ...waits(world, entry, null) }
  return { id, rev, outcome: 'done', activityId: String(made), ownerTypeId: owner.typeId, ownerId: owner.id }
}

/** The other cards of the client show what was made, too. That they do not is no reason to make it again. */
async function bindOthers(world: TimelineWorld, placed: readonly Placed[], outcomes: readonly EntryOutcome[]): Promise<void> {
  const commands = placed.flatMap(({ owners, activityId }, n): Command[] => {
    const made = activityId === null ? outcomes[n]?.activityId : undefined
    if (made === undefined) return []
    return owners.slice(1).map(({ typeId, id }) => {
      const params = { activityId: Number(made), entityTypeId: typeId, entityId: id }
      return { method: 'crm.activity.binding.add', params }
    })
  })
  await batched(world, commands, true)
}

/** It is asked again: soon at first, then less and less often. */
function waits(world: TimelineWorld, { id, rev, tries }: Entry, refused: Refused | null): EntryOutcome {
  const patience = Math.min(30 * MINUTE_MS, 10_000 * 2 ** Math.min(tries, 8))
  const afterMs = Math.max(patience, (refused?.againAt ?? 0) - world.now())
  return { id, rev, outcome: 'later', code: refused?.code ?? 'portal_answer_lost', text: refused?.text ?? '', afterMs }
}

async function batched(world: TimelineWorld, commands: readonly Command[], isRepeatable: boolean): Promise<Meaning[] | Refused> {
  const results: unknown[] = []
  for (const params of batchesOf(commands)) {
    const called = await world.call({ method: 'batch', params, priority: 'sync', isRepeatable })
    if (!called.ok) return called
    results.push(called.result)
  }
  return batchMeanings(commands.length, results)
}
