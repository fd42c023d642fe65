/**
 * Where a gateway's page returns that was opened beside a portal's frame. It says nothing about the money: the app does, once it
 * has looked. Public, and the same for everybody.
 */
import { LANGUAGES, type Language } from '#contract/ids.ts'
import type { Request } from '../http/app.ts'

const WORDS = {
  es: { title: 'Ya puede cerrar esta ventana', text: 'Vuelva a Bitrix24: allí verá si el pago quedó confirmado.' },
  en: { title: 'You can close this window', text: 'Go back to Bitrix24: it shows whether the payment was confirmed.' },
  pt: { title: 'Já pode fechar esta janela', text: 'Volte ao Bitrix24: lá verá se o pagamento foi confirmado.' },
} as const satisfies Record<Language, { title: string; text: string }>

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#fbfaf7;color:#1f2430}main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.375rem}@media (prefers-color-scheme:dark){body{background:#15171d;color:#eceae4}}'
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `GET /billing/returned`. */
export async function returnedPage(c: Request): Promise<Response> {
  const wanted = (c.req.header('accept-language') ?? '').slice(0, 2)
  const language = LANGUAGES.find((one) => one === wanted) ?? 'es'
  const { title, text } = WORDS[language]
  const body = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
  return c.body(body, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
  })
}
