/** The file of a template's header, behind the link that a robot was given (reference/bitrix24.md §10.1 says nothing of robots that post files). */
import type { FailureCode } from '#contract/failures.ts'
import { fileOfTemplate } from '#contract/template-rules.ts'
import type { TemplateContent } from '#contract/templates.ts'
import type { Env } from '../../lib/env.ts'
import { databaseOf } from '../../lib/sql.ts'
import { fetchFile } from '../incoming/files.ts'
import { fileAddress, publicFileAddress } from '../incoming/files.rules.ts'
import { hostsOf } from '../surroundings.ts'
import { deedFile, type DeedNow } from './deeds.store.ts'

/** `id` null: it goes without a file. `again`: it may come with another try. */
export type HeaderFile = { ok: true; id: string | null } | { ok: false; again: boolean; code: FailureCode }

const no = (code: FailureCode, again = false): HeaderFile => ({ ok: false, again, code })

/** Has the deed's own id: fetched twice it is one file. */
export async function headerFileOf(
  env: Env,
  accountId: string,
  { id, body, createdAt: at, portal }: DeedNow,
  content: TemplateContent | null,
): Promise<HeaderFile> {
  const kind = content && fileOfTemplate(content)
  if (!kind) return { ok: true, id: null }
  if (body.file === '') return no('deed_file_missing')
  const hosts = hostsOf(env)
  const addressOf = (link: string, from: string | null) =>
    fileAddress(link, from, portal.domain, hosts) ?? publicFileAddress(link, from, hosts)
  const fetched = await fetchFile(env, { accountId, id, at }, { link: body.file, name: nameIn(body.file) }, addressOf)
  if (!fetched.ok) return no(fetched.code === 'media_too_large' ? fetched.code : 'deed_file_unread', fetched.again)
  if (fetched.file.kind !== kind) return no('deed_file_kind')
  await deedFile(databaseOf(env), accountId, fetched.file)
  return { ok: true, id }
}

/** What the customer sees it called: the end of its address, where that is a name. */
function nameIn(link: string): string {
  const last = URL.canParse(link) ? (new URL(link).pathname.split('/').at(-1) ?? '') : ''
  return /\.\w{2,5}$/.test(last) ? decoded(last) : ''
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
