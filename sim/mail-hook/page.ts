export type Mail = { id: string; kind: string; subject: string; text: string; at: number }

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)

/** The mails that an automation has made, the newest first, for a person who tries the product. */
export function mailPage(name: string, mails: readonly Mail[]): string {
  const rows = mails
    .toReversed()
    .map(
      ({ subject, text, at, kind }) =>
        `<article><h2>${escaped(subject)}</h2><p>${escaped(text).replaceAll('\n', '<br>')}</p><footer>${escaped(kind)} · ${new Date(at).toLocaleString('es')}</footer></article>`,
    )
  return `<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Correo simulado</title>
<style>body{font:16px/1.5 system-ui;margin:1.5rem auto;max-width:42rem;padding:0 1rem}article{border:1px solid #ccc;border-radius:8px;padding:1rem;margin:1rem 0}h2{font-size:1.1rem;margin:0}footer{color:#555;font-size:.85rem}</style>
<h1>Correo simulado: ${escaped(name)}</h1><p>Cada aviso que llega por POST a esta dirección se muestra como el correo que haría una automatización.</p>${rows.join('') || '<p>Todavía no llegó nada.</p>'}</html>`
}
