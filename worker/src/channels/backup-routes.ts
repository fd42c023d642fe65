/** Keys of unofficial numbers, taken away in sealed files and put back: contract/backups.ts. */
import * as backups from '#contract/backups.ts'
import type { InputOf, OutputOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { openBackup, readBackup, sealBackup } from './backup-file.ts'
import { ChannelRow, shown, tell } from './routes.ts'
import { sessionOf } from './session-port.ts'
import { seen } from './session-seen.ts'

const Named = z.object({ name: z.string() })

async function exportSession(
  c: Request,
  { channelId, passphrase }: InputOf<typeof backups.exportSession>,
): Promise<OutputOf<typeof backups.exportSession>> {
  const keys = await keysOf(c, channelId)
  const { live, ...contents } = keys
  const madeAt = new Date().toISOString()
  // Written down before it is given: no copy leaves that nobody knows of.
  const facts = { live, madeAt }
  const { result } = await call(c, 'channels.keys', 'api_session_exported', { channelId, facts })
  const { name } = Named.parse(JSON.parse(result ?? 'null'))
  const number = contents.me.phone
  const file = await sealBackup({ format: 'whatsappb24-number', version: 1, number, name, madeAt, live }, contents, passphrase)
  return { fileName: `${number}-${madeAt.slice(0, 10)}.whatsappb24.json`, file }
}

/** The keys of a number that the caller looks after. */
async function keysOf(c: Request, channelId: string) {
  const { result } = await call(c, 'channels.keys', 'api_channel_inner', { channelId })
  const row = z.object({ kind: z.string() }).parse(JSON.parse(result ?? '{"kind":""}'))
  if (row.kind !== 'session') throw new Refusal('not_found')
  const keys = await sessionOf(c.env, channelId).keysNow()
  if (!keys) throw new Refusal('session_has_no_keys')
  return keys
}

async function importSession(
  c: Request,
  { channelId, passphrase, file: text }: InputOf<typeof backups.importSession>,
): Promise<OutputOf<typeof backups.importSession>> {
  const { result: row } = await call(c, 'channels.keys', 'api_channel_inner', { channelId })
  if (z.object({ kind: z.string() }).parse(JSON.parse(row ?? '{"kind":""}')).kind !== 'session') throw new Refusal('not_found')
  const file = readBackup(text)
  const contents = await openBackup(file, passphrase)
  refuse(await sessionOf(c.env, channelId).refusesKeys(contents.mark))
  const facts = { madeAt: file.madeAt, live: file.live }
  const { caller, result } = await callKnown(c, 'channels.keys', 'api_session_import', {
    channelId,
    phone: contents.me.phone,
    facts,
  })
  refuse(await sessionOf(c.env, channelId).takeKeys(contents))
  await tell(c, caller, shown(c, z.object({ channel: ChannelRow }).parse(JSON.parse(result)).channel))
  return seen(await sessionOf(c.env, channelId).now())
}

function refuse(code: 'session_is_up' | 'backup_old' | null): void {
  if (code !== null) throw new Refusal(code)
}

export function backupRoutes(app: App): void {
  serve(app, backups.exportSession, exportSession)
  serve(app, backups.importSession, importSession)
}
