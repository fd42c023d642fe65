/** Ajustes → Bitrix24: the portals of a company, the code with which one joins it, and its local applications. */
import * as bitrix24 from '#contract/bitrix24.ts'
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { sha256, toHex } from '../lib/bytes.ts'
import { settingsOf } from '../lib/env.ts'
import { seal } from '../lib/seal.ts'
import { codeFrom } from './link-code.rules.ts'
import { appPlace, portalOf } from './surroundings.ts'

type Portals = OutputOf<typeof bitrix24.listPortals>
/** Where the object of a portal is. */
export const Inner = z.object({ memberId: z.string(), appId: z.nullable(z.string()) })
const Listed = z.object({ items: z.array(bitrix24.Portal), apps: bitrix24.listPortals.returns.shape.apps })

function shown(c: Request, result: string | null): Portals {
  return { ...Listed.parse(JSON.parse(result ?? '{}')), address: `${settingsOf(c.env).appUrl}/bitrix24` }
}

async function list(c: Request): Promise<Portals> {
  const { result } = await call(c, 'account.manage', 'api_portals', {})
  return shown(c, result)
}

async function check(c: Request, input: ParsedOf<typeof bitrix24.checkPortal>): Promise<bitrix24.Portal> {
  const { result } = await callKnown(c, 'account.manage', 'api_portal_inner', input)
  await portalOf(c.env, Inner.parse(JSON.parse(result))).check()
  const after = await call(c, 'account.manage', 'api_portal', input)
  return bitrix24.Portal.parse(JSON.parse(after.result ?? 'null'))
}

async function change(c: Request, input: ParsedOf<typeof bitrix24.changePortal>): Promise<bitrix24.Portal> {
  const { result } = await callKnown(c, 'account.manage', 'api_portal_change', input)
  return bitrix24.Portal.parse(JSON.parse(result))
}

async function makeCode(c: Request): Promise<OutputOf<typeof bitrix24.makePortalCode>> {
  const linkCode = codeFrom(crypto.getRandomValues(new Uint8Array(32)))
  const { result } = await call(c, 'account.manage', 'api_portal_code_make', { hash: toHex(await sha256(linkCode)) })
  return { linkCode, until: z.object({ until: z.string() }).parse(JSON.parse(result ?? '{}')).until }
}

async function addApp(c: Request, { id, clientId, secret }: ParsedOf<typeof bitrix24.addPortalApp>): Promise<Portals> {
  const sealed = await seal(secret, appPlace(id), settingsOf(c.env).keyring)
  const { result } = await call(c, 'account.manage', 'api_portal_app_add', { id, clientId, sealed })
  return shown(c, result)
}

export function settingsRoutes(app: App): void {
  serve(app, bitrix24.listPortals, list)
  serve(app, bitrix24.checkPortal, check)
  serve(app, bitrix24.changePortal, change)
  serve(app, bitrix24.makePortalCode, makeCode)
  serve(app, bitrix24.addPortalApp, addApp)
}
