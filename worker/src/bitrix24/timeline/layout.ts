/**
 * An entry as the CRM takes it: a configurable activity (reference/bitrix24.md §7.4). One that came in and is not finished raises the
 * counter of its card: so it is unfinished exactly while the client waits. It tells figures and names, and nobody's words: whoever may
 * open the card may not be who may read the chat.
 */
import type { Entry } from './entry.ts'
import { timelineWords } from './words.ts'

/** By these the CRM calls what is ours: what was made, and perhaps not told, is found again. */
export const ORIGINATOR = 'wab24'
/** On the card in the kanban: there is always one of the two, since none cannot be asked for. */
export const BADGES = { waits: 'wab24_waits', answered: 'wab24_answered' } as const

export const isWaiting = ({ kind, chat, ended }: Entry): boolean => kind === 'session' && ended === null && chat.waits > 0

/** `badges`: those of ours that the portal has. `isNew`: what can be said only once. */
export function fieldsOf(entry: Entry, badges: ReadonlySet<string>, isNew: boolean): Record<string, unknown> {
  const badge = BADGES[isWaiting(entry) ? 'waits' : 'answered']
  return {
    completed: isWaiting(entry) ? 'N' : 'Y',
    ...(entry.responsible !== null && { responsibleId: Number(entry.responsible) }),
    ...(entry.kind === 'session' && badges.has(badge) && { badgeCode: badge }),
    ...(isNew && {
      typeId: 'CONFIGURABLE',
      isIncomingChannel: entry.kind === 'call' || entry.said > 0 ? 'Y' : 'N',
      originatorId: ORIGINATOR,
      originId: entry.id,
    }),
  }
}

/** Codes of icons that a portal has; the first of ours that is among them. */
const ICONS = { session: ['whatsapp', 'IM', 'info'], call: ['call', 'info'] } as const
const LOGOS = { session: ['open-line', 'document'], call: ['call', 'document'] } as const
export type Looks = { icons: ReadonlySet<string>; logos: ReadonlySet<string> }

const first = (wished: readonly string[], there: ReadonlySet<string>): string =>
  wished.find((code) => there.has(code)) ?? wished.at(-1) ?? ''

/** `chatUrl`: the chat in our own app, for where the portal cannot open us in itself. */
export function layoutOf(entry: Entry, { icons, logos }: Looks, chatUrl: string): Record<string, unknown> {
  const words = timelineWords(entry.language)
  const who = entry.contact.name ?? (entry.contact.phone === null ? '' : `+${entry.contact.phone}`)
  const title =
    entry.kind === 'call' ? words[isVideo(entry) ? 'missed_video_call' : 'missed_call'] : `WhatsApp · ${entry.channel}`
  const tag = tagOf(entry)
  const chat = { type: 'openRestApp', actionParams: { chat: entry.chat.id }, sliderParams: { title: 'WhatsApp', width: 700 } }
  return {
    icon: { code: first(ICONS[entry.kind], icons) },
    header: { title, ...(tag && { tags: { state: tag } }) },
    body: { logo: { code: first(LOGOS[entry.kind], logos) }, blocks: blocksOf([who, ...linesOf(entry)]) },
    footer: {
      buttons: {
        open: { title: words.open, type: 'primary', scope: 'web', action: chat },
        // The portal's own app on a phone does not know the other one.
        app: { title: words.openApp, type: 'secondary', action: { type: 'redirect', uri: chatUrl } },
      },
    },
  }
}

const isVideo = ({ missed }: Entry): boolean => missed === 'missed_video_call'

function tagOf(entry: Entry): { type: string; title: string } | null {
  const words = timelineWords(entry.language)
  if (entry.kind === 'call') return null
  if (entry.ended !== null) return { type: 'secondary', title: words.over }
  return isWaiting(entry) ? { type: 'warning', title: words.waits(entry.chat.waits) } : { type: 'success', title: words.answered }
}

function linesOf(entry: Entry): string[] {
  const { began, ended, said, answered, authors, language, zone } = entry
  const words = timelineWords(language)
  const when = (at: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at))
  if (entry.kind === 'call') return [words.calledAt(when(began))]
  const by = authors.length > 0 ? words.by(new Intl.ListFormat(language).format(authors.slice(0, 10))) : ''
  return [
    words.began(when(began)),
    words.count(said, answered),
    by || (answered === 0 ? words.nobody : ''),
    ended === null ? '' : words.ended(when(ended)),
  ]
}

function blocksOf(lines: readonly string[]): Record<string, unknown> {
  const said = lines.filter((line) => line !== '')
  return Object.fromEntries(said.map((value, n) => [`l${n}`, { type: 'text', properties: { value: value.slice(0, 500) } }]))
}
