/** The words of a privacy notice, the same on the phone (preview) and on the public page. Pure. */
import { fillText, variablesIn } from './variables.ts'

/** What a request is about: the rights of articles 13 to 17 of the LOPDP. */
export const RIGHTS = ['access', 'rectification', 'erasure', 'objection', 'portability'] as const
export const REQUEST_STATES = ['open', 'done', 'refused'] as const

/** Who is responsible for the data, and how they are reached. */
export type NoticeFields = {
  responsible: string
  taxNumber: string
  address: string
  email: string
  /** The data protection officer, where the company has one. */
  officer: string
  /** Days within which a request is answered. */
  days: number
}

/** What a notice may name, in the words of its authors; the same in every language. */
const PLACES = {
  responsable: 'responsible',
  ruc: 'taxNumber',
  domicilio: 'address',
  correo: 'email',
  delegado: 'officer',
  plazo: 'days',
} as const satisfies Record<string, keyof NoticeFields>
export const NOTICE_VARIABLES = Object.keys(PLACES)

/** In the sentence with which the notice is sent, and in automatic texts. */
export const NOTICE_ADDRESS = 'aviso_privacidad'

export type Block = { kind: 'heading' | 'text'; text: string } | { kind: 'list'; items: string[] }

/** The first variable of a notice that it cannot name; null when all are known. */
export function strangeInNotice(text: string): string | null {
  return variablesIn(text).find((name) => !NOTICE_VARIABLES.includes(name)) ?? null
}

/**
 * A notice as it is read: `# ` begins a heading, `- ` an item, an empty line a new paragraph. A line that names something
 * the company has not filled in is left out.
 */
export function noticeBlocks(text: string, fields: NoticeFields): Block[] {
  const values = Object.fromEntries(Object.entries(PLACES).map(([name, key]) => [name, String(fields[key])]))
  const blocks: Block[] = []
  let isFresh = true
  for (const written of text.split(/\r?\n/)) {
    const { text: line, missing } = fillText(written.trim(), values)
    if (line === '') isFresh = true
    if (line === '' || missing.length > 0) continue
    isFresh = !put(blocks, line, isFresh)
  }
  return blocks
}

/** Adds a line; says whether the next one may go on with its paragraph. */
function put(blocks: Block[], line: string, isFresh: boolean): boolean {
  const last = blocks.at(-1)
  if (line.startsWith('# ')) blocks.push({ kind: 'heading', text: line.slice(2).trim() })
  else if (line.startsWith('- ')) {
    const item = line.slice(2).trim()
    if (last?.kind === 'list' && !isFresh) last.items.push(item)
    else blocks.push({ kind: 'list', items: [item] })
  } else if (last?.kind === 'text' && !isFresh) last.text += `\n${line}`
  else blocks.push({ kind: 'text', text: line })
  return !line.startsWith('# ')
}
