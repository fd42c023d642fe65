/** `/oauth/authorize/` of a portal: the code flow of a site of one's own. reference/bitrix24.md §3.1. */
import type { Asked, Reply } from '../../lib/http.ts'
import type { Portal } from '../portal.ts'
import type { B24 } from '../service.ts'
import { giveCode } from '../tokens.ts'

/** Leads back to the registered address with a code. What is wrong is shown here: no error leads back. */
export function authorize(b24: B24, portal: Portal, asked: Asked): Reply {
  const app = b24.apps.get(asked.query.get('client_id') ?? '')
  const row = app && portal.installs.get(app.id)
  if (!app) return failed('La aplicación no existe (client_id).')
  if (!row) return failed('La aplicación no está instalada en este Bitrix24. Instálela y vuelva a intentarlo.')
  const address = app.redirect ?? app.handler
  if (!URL.canParse(address)) return failed('La aplicación no tiene dirección de retorno.')
  // Whoever is signed in at the portal: the administrator, unless the query names another one.
  const user = portal.users.get(asked.query.get('as') ?? '1')
  if (!user?.active) return failed('Este empleado no puede entrar.')
  const back = new URL(address)
  // A local application is told the bare `app` in this flow; its frame has the whole list.
  const scope = app.kind === 'local' ? 'app' : row.scope.join(',')
  const given = {
    ...{ code: giveCode(b24, portal, row, user.id).id, state: asked.query.get('state') ?? '', domain: portal.row().domain },
    ...{ member_id: portal.id, scope, server_domain: new URL(b24.oauthHost()).host },
  }
  for (const [name, value] of Object.entries(given)) back.searchParams.set(name, value)
  return { status: 302, headers: { location: back.href }, body: '' }
}

function failed(sentence: string): Reply {
  const body = `<!doctype html><html lang="es"><meta charset="utf-8"><title>Bitrix24</title><h1>No se pudo autorizar</h1><p>${sentence}</p>`
  return { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
