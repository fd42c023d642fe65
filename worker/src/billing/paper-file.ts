/** A paper as a PDF file. The same paper in the same language is the same file, byte for byte. */
import type { Language } from '#contract/ids.ts'
import { LATIN } from '#contract/latin.ts'
import { MICRO } from '#contract/money.ts'
import { PaperKind, Party } from '#contract/papers.ts'
import type { PDFFont, PDFPage } from '@cantoo/pdf-lib'
import * as z from 'zod'
import { PAPER_WORDS } from './paper-words.ts'

const Someone = z.object({ name: z.string(), taxNumber: z.string(), address: z.string(), email: z.string() })

export const Paper = z.object({
  kind: PaperKind,
  number: z.string(),
  at: z.string(),
  amount: z.string(),
  currency: z.string(),
  reason: z.string(),
  /** Of a credit note: the receipt that it corrects. */
  about: z.nullable(z.string()),
  seller: Party,
  buyer: Someone,
  what: z.object({
    gateway: z.string(),
    ref: z.string(),
    timeZone: z.string(),
    method: z.optional(z.string()),
    plan: z.optional(z.string()),
    every: z.optional(z.enum(['month', 'year'])),
    channel: z.optional(z.string()),
    phone: z.optional(z.string()),
    paidUntil: z.optional(z.string()),
  }),
})
export type Paper = z.infer<typeof Paper>

const LOCALES = { es: 'es-419', en: 'en', pt: 'pt-BR' } as const
const GATEWAYS: Record<string, string> = { stripe: 'Stripe', paypal: 'PayPal' }

/** What each part of the paper says. */
export function linesOf(paper: Paper, language: Language) {
  const words = PAPER_WORDS[language]
  const { what } = paper
  const day = (at: string) =>
    new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: what.timeZone }).format(new Date(at))
  const reason = words.reasons[paper.kind === 'credit_note' && paper.reason === 'allocated' ? 'unallocated' : paper.reason]
  const plan = what.plan === undefined ? undefined : words.subscription(what.plan)
  const phone = what.phone === undefined ? '' : ` (+${what.phone})`
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'currency',
    currency: paper.currency,
    currencyDisplay: 'code',
  })
  const party = ({ name, taxNumber, address, email }: z.infer<typeof Someone>) =>
    [name, taxNumber && `${words.taxNumber}: ${taxNumber}`, address, email].filter(Boolean)
  return {
    title: `${words.kinds[paper.kind]} ${paper.number}`,
    date: `${words.date}: ${day(paper.at)}`,
    seller: party(paper.seller),
    buyer: party(paper.buyer),
    concept: [
      paper.reason === 'subscription' ? plan : (reason ?? paper.reason),
      paper.reason === 'subscription' ? undefined : plan,
      what.every && words.every[what.every],
      what.channel && words.number(`${what.channel}${phone}`),
      what.paidUntil && words.paidUntil(day(what.paidUntil)),
      paper.about === null ? undefined : words.corrects(paper.about),
    ].filter((line) => line !== undefined),
    amount: format.format(Number(paper.amount) / Number(MICRO)),
    total: words.totals[paper.kind],
    paid: [
      `${words.method}: ${[GATEWAYS[what.gateway] ?? what.gateway, what.method].filter(Boolean).join(', ')}`,
      `${words.reference}: ${what.ref}`,
    ],
  }
}

const [WIDTH, HEIGHT, MARGIN] = [595, 842, 56]
const COLUMN = (WIDTH - 2 * MARGIN - 24) / 2
const INK = [0.12, 0.11, 0.15] as const
const PALE = [0.34, 0.31, 0.38] as const
type Style = { font: PDFFont; size: number; color: readonly [number, number, number] }

/** What the file's letters cannot write is left without its accent, or is a question mark: companies may be called anything. */
export function printable(text: string): string {
  return [...text.replaceAll(/\s/g, ' ')]
    .map(
      (letter) =>
        [letter, letter.normalize('NFKD').replaceAll(/\p{M}/gu, '')].find((one) => one !== '' && LATIN.test(one)) ?? '?',
    )
    .join('')
}

/** Lines that are no wider than that; a word that alone is wider is cut. */
function wrapped(text: string, { font, size }: Style, width: number): string[] {
  const fits = (line: string) => font.widthOfTextAtSize(line, size) <= width
  const lines: string[] = []
  let line = ''
  for (const letter of printable(text)) {
    if (fits(line + letter)) line += letter
    else {
      const blank = letter === ' ' ? line.length : line.lastIndexOf(' ')
      const end = blank > 0 ? blank : line.length
      lines.push(line.slice(0, end))
      line = `${line.slice(end)}${letter}`.trimStart()
    }
  }
  return [...lines, line]
}

export async function pdfOf(paper: Paper, language: Language): Promise<Uint8Array<ArrayBuffer>> {
  // Only who wants a paper waits for the library to load.
  const { PDFDocument, StandardFonts, rgb } = await import('@cantoo/pdf-lib')
  const [words, lines] = [PAPER_WORDS[language], linesOf(paper, language)]
  const file = await PDFDocument.create({ updateMetadata: false })
  const [font, bold] = [await file.embedFont(StandardFonts.Helvetica), await file.embedFont(StandardFonts.HelveticaBold)]
  file.setTitle(printable(lines.title), { showInWindowTitleBar: true })
  file.setAuthor(printable(paper.seller.name))
  file.setLanguage(language)
  file.setCreationDate(new Date(paper.at))
  const page = file.addPage([WIDTH, HEIGHT])
  const plain: Style = { font, size: 10, color: INK }
  const pale: Style = { font, size: 9, color: PALE }
  const strong: Style = { font: bold, size: 12, color: INK }

  /** Writes below `y`; gives where the next line begins. */
  function write(text: string, style: Style, y: number, x = MARGIN, width = WIDTH - 2 * MARGIN): number {
    const high = style.size * 1.45
    const all = wrapped(text, style, width)
    all.forEach((line, n) =>
      page.drawText(line, { x, y: y - (n + 1) * high, font: style.font, size: style.size, color: rgb(...style.color) }),
    )
    return y - all.length * high
  }
  const right = (text: string, style: Style, y: number) =>
    write(text, style, y, WIDTH - MARGIN - style.font.widthOfTextAtSize(printable(text), style.size), WIDTH)
  const block = (name: string, all: string[], y: number, x: number) =>
    all.reduce((next, line, n) => write(line, n === 0 ? strong : plain, next, x, COLUMN), write(name, pale, y, x, COLUMN))

  let y = write(lines.title, { font: bold, size: 22, color: INK }, HEIGHT - MARGIN)
  y = ruled(page, write(lines.date, pale, y), rgb(...PALE))
  const seller = block(words.from, lines.seller, y, MARGIN)
  y = ruled(page, Math.min(seller, block(words.to, lines.buyer, y, MARGIN + COLUMN + 24)), rgb(...PALE))
  right(words.amount, pale, y)
  y = write(words.concept, pale, y)
  right(lines.amount, plain, y)
  y = lines.concept.reduce((next, line, n) => write(line, n === 0 ? plain : pale, next, MARGIN, WIDTH - 2 * MARGIN - 130), y)
  y = ruled(page, y, rgb(...PALE))
  right(lines.amount, strong, y)
  y = write(lines.total, strong, y) - 16
  for (const line of lines.paid) y = write(line, pale, y)
  write(words.note, pale, MARGIN + 20)
  return new Uint8Array(await file.save())
}

/** A line across the page; gives where the next part begins. */
function ruled(page: PDFPage, y: number, color: NonNullable<Parameters<PDFPage['drawLine']>[0]['color']>): number {
  page.drawLine({ start: { x: MARGIN, y: y - 12 }, end: { x: WIDTH - MARGIN, y: y - 12 }, thickness: 0.6, color, opacity: 0.5 })
  return y - 24
}
