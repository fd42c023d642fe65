/** The pages where a person pays: plain HTML, no script, big buttons. */
import type { Reply } from '../../lib/http.ts'

const STYLE = `
:root { font-family: system-ui, sans-serif; color: #1a1f36; background: #f6f8fa; line-height: 1.45 }
body { margin: 0; padding: 16px; display: grid; justify-items: center }
main { background: #fff; border-radius: 12px; box-shadow: 0 1px 8px #0002; padding: 20px; width: min(100%, 460px); box-sizing: border-box }
h1 { font-size: 1.15rem; margin: 0 0 4px } h2 { font-size: 1rem; margin: 20px 0 8px }
.total { font-size: 1.9rem; font-weight: 700; margin: 4px 0 12px } .quiet { color: #4f566b; font-size: .9rem }
.honest { color: #4f566b; font-size: .8rem; margin: 0 0 12px } .problem { background: #fdecea; color: #8c1d18; padding: 12px; border-radius: 8px }
table { width: 100%; border-collapse: collapse } td { padding: 6px 0; vertical-align: top } td:last-child { text-align: right; white-space: nowrap }
fieldset { border: 1px solid #d5dbe1; border-radius: 8px; margin: 12px 0; padding: 4px 12px } legend { padding: 0 4px; font-size: .9rem }
label { display: flex; gap: 10px; align-items: center; min-height: 44px } label span { color: #4f566b; font-size: .85rem; margin-left: auto; white-space: nowrap }
input[type=email] { font: inherit; padding: 10px; border: 1px solid #8792a2; border-radius: 8px; width: 100%; box-sizing: border-box; min-height: 44px }
button, a.button { font: inherit; display: block; text-align: center; width: 100%; box-sizing: border-box; min-height: 48px; border-radius: 8px; margin-top: 10px; padding: 12px; text-decoration: none; cursor: pointer }
.main { background: #4d45d6; color: #fff; border: 0; font-weight: 600 } .second { background: #fff; color: #1a1f36; border: 1px solid #8792a2 }
`

/** A page of the simulated Stripe. `body` is trusted: what comes from others goes through `escaped`. */
export function page(title: string, body: string, status = 200): Reply {
  const html = `<!doctype html><html lang="es"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><p class="honest">Stripe simulado: no se mueve dinero de verdad</p>${body}</main></body></html>`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html }
}

export function goTo(location: string): Reply {
  return { status: 303, headers: { location }, body: '' }
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** `USD 25.00`, as the sum on a bill. */
export function moneyText(minor: number, currency: string): string {
  const digits = new Intl.NumberFormat('es', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return `${currency.toUpperCase()} ${(minor / 10 ** digits).toFixed(digits)}`
}

export function dayText(second: number): string {
  return new Date(second * 1000).toLocaleDateString('es', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}
