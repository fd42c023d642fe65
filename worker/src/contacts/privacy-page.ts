/** The public page of a company's privacy notice: no sign-in, no script, nothing from elsewhere. */
import { LANGUAGES, type Language } from '#contract/ids.ts'
import { noticeBlocks, type Block, type NoticeFields } from '#contract/privacy-text.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { databaseOf } from '../lib/sql.ts'
import { readPrivacyPage } from './privacy.store.ts'

const WORDS = {
  es: {
    title: 'Aviso de privacidad',
    version: (n: number, when: string) => `Versión ${n}, publicada el ${when}`,
    older: (n: number) => `Esta versión ya no está vigente: ver la versión ${n}`,
    previous: 'Ver la versión anterior',
    missing: 'Este aviso no existe',
    missingHelp: 'Revise la dirección, o pida a la empresa la que está vigente.',
    languages: 'Idioma',
  },
  en: {
    title: 'Privacy notice',
    version: (n: number, when: string) => `Version ${n}, published on ${when}`,
    older: (n: number) => `This version is no longer in force: see version ${n}`,
    previous: 'See the version before',
    missing: 'There is no such notice',
    missingHelp: 'Check the address, or ask the company for the one in force.',
    languages: 'Language',
  },
  pt: {
    title: 'Aviso de privacidade',
    version: (n: number, when: string) => `Versão ${n}, publicada em ${when}`,
    older: (n: number) => `Esta versão não está mais em vigor: ver a versão ${n}`,
    previous: 'Ver a versão anterior',
    missing: 'Este aviso não existe',
    missingHelp: 'Confira o endereço, ou peça à empresa o que está em vigor.',
    languages: 'Idioma',
  },
} as const satisfies Record<Language, unknown>
const NAMES = { es: 'Español', en: 'English', pt: 'Português' } as const

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const STYLE = `:root{color-scheme:light dark;--paper:#f6f2e9;--ink:#1e1b26;--ink-2:#565061;--anil:#2c3a91;--line:#d9d1bf}
@media (prefers-color-scheme:dark){:root{--paper:#131219;--ink:#f2ede3;--ink-2:#b9b2c0;--anil:#a5b3ff;--line:#34303f}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main,nav{max-width:68ch;margin:0 auto;padding:0 1rem}main{padding-bottom:3rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;border-bottom:1px solid var(--line)}
nav a{min-width:44px;min-height:44px;display:inline-flex;align-items:center}a{color:var(--anil)}a[aria-current]{color:inherit;text-decoration:none;font-weight:700}
h1{font-size:1.75rem;line-height:1.15;margin:1.5rem 0 .25rem}h2{font-size:1.15rem;margin:1.75rem 0 .25rem}p{margin:.5rem 0;white-space:pre-line}.by{color:var(--ink-2)}
.other{display:inline-flex;align-items:center;min-height:44px}:focus-visible{outline:3px solid var(--anil);outline-offset:2px}`

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

function frame(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`
}

function htmlOf(block: Block): string {
  if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`
  return block.kind === 'heading' ? `<h2>${escape(block.text)}</h2>` : `<p>${escape(block.text)}</p>`
}

export type NoticePage = {
  company: string
  country: string
  timeZone: string
  version: number
  latest: number
  at: string
  fields: NoticeFields
  texts: Partial<Record<Language, string>>
}

/** The whole page in one of its languages. */
export function noticePage(notice: NoticePage, language: Language): string {
  const words = WORDS[language]
  const { company, version, latest } = notice
  const format = new Intl.DateTimeFormat(`${language}-${notice.country}`, { dateStyle: 'long', timeZone: notice.timeZone })
  const there = LANGUAGES.filter((one) => notice.texts[one])
  const link = (lang: Language, to: number) => `?lang=${lang}${to === latest ? '' : `&amp;version=${to}`}`
  const choices = there.map(
    (one) =>
      `<a lang="${one}" hreflang="${one}" href="${link(one, version)}"${one === language ? ' aria-current="true"' : ''}>${NAMES[one]}</a>`,
  )
  const other =
    version < latest
      ? `<a class="other" href="${link(language, latest)}">${words.older(latest)}</a>`
      : version > 1
        ? `<a class="other" href="${link(language, version - 1)}">${words.previous}</a>`
        : ''
  const body = noticeBlocks(notice.texts[language] ?? '', notice.fields).map(htmlOf)
  return frame(
    language,
    `${words.title} · ${company}`,
    `${there.length > 1 ? `<nav aria-label="${words.languages}">${choices.join('')}</nav>` : ''}<main><h1>${words.title}</h1>
<p class="by">${escape(company)}<br>${words.version(version, escape(format.format(new Date(notice.at))))}</p>${other}
${body.join('\n')}</main>`,
  )
}

/** The language that is asked for, else the reader's, else Spanish: of those in which the notice is written. */
export function languageFor(asked: string | undefined, accepted: string, there: (language: Language) => boolean): Language {
  const wanted = [asked ?? '', ...accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase())]
  return wanted.flatMap((one) => LANGUAGES.filter((known) => known === one && there(known)))[0] ?? 'es'
}

const Query = z.object({ lang: z.optional(z.string()), version: z.optional(z.coerce.number().int().min(1).max(100_000)) })

async function page(c: Request): Promise<Response> {
  const asked = Query.safeParse(c.req.query())
  const key = c.req.param('key') ?? ''
  const notice = asked.success ? await readPrivacyPage(databaseOf(c.env), key, asked.data.version ?? null) : null
  const language = languageFor(asked.data?.lang, c.req.header('accept-language') ?? '', (one) => !notice || !!notice.texts[one])
  const words = WORDS[language]
  const html = notice
    ? noticePage(notice, language)
    : frame(language, words.missing, `<main><h1>${words.missing}</h1><p>${words.missingHelp}</p></main>`)
  return new Response(html, {
    status: notice ? 200 : 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': notice ? 'public, max-age=300' : 'no-store',
      vary: 'accept-language',
    },
  })
}

/** `GET /privacidad/:key`, for anybody. */
export function privacyPageRoute(app: App): void {
  app.get('/privacidad/:key', page)
}
