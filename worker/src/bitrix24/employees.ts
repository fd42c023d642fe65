/** Ajustes → Bitrix24 → Empleados y roles: who works in the portal, and what each may do here. */
import * as employees from '#contract/employees.ts'
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts'
import * as z from 'zod'
import type { App, Request } from '../http/app.ts'
import { RawJson, serve } from '../http/serve.ts'
import { call, callKnown } from '../identity/index.ts'
import { Refusal } from '../lib/refusal.ts'
import { tellMoved } from './employees-keep.ts'
import { refusalOf } from './open-lines.ts'
import { Inner } from './settings.ts'
import { portalOf } from './surroundings.ts'

async function list(c: Request, input: ParsedOf<typeof employees.listEmployees>): Promise<RawJson> {
  const { result } = await callKnown(c, 'people.manage', 'api_portal_people', input)
  return new RawJson(result)
}

async function read(
  c: Request,
  input: ParsedOf<typeof employees.readEmployees>,
): Promise<OutputOf<typeof employees.readEmployees>> {
  const { result } = await callKnown(c, 'people.manage', 'api_portal_inner', input)
  const news = await portalOf(c.env, Inner.parse(JSON.parse(result))).people('now')
  if (!news) throw new Refusal('internal')
  if (!news.ok) throw refusalOf(news)
  const after = await call(c, 'people.manage', 'api_portal_people', input)
  const { added, dismissed } = news
  return { list: employees.Employees.parse(JSON.parse(after.result ?? 'null')), added, dismissed }
}

const Applied = z.object({ list: employees.Employees, requeued: z.number(), chats: z.unknown(), facts: z.unknown() })

async function apply(
  c: Request,
  input: ParsedOf<typeof employees.applyEmployeeRoles>,
): Promise<OutputOf<typeof employees.applyEmployeeRoles>> {
  if (new Set(input.changes.map(({ userId }) => userId)).size < input.changes.length) {
    throw new Refusal('bad_request', { where: 'changes', what: 'an employee twice' })
  }
  const { caller, result } = await callKnown(c, 'people.manage', 'api_portal_roles_apply', input)
  const { chats, facts, ...answer } = Applied.parse(JSON.parse(result))
  await tellMoved(c.env, caller.account.id, chats, facts)
  return answer
}

async function stage(c: Request, input: ParsedOf<typeof employees.stageEmployeeRoles>): Promise<RawJson> {
  const { result } = await callKnown(c, 'people.manage', 'api_portal_roles_stage', input)
  return new RawJson(result)
}

export function employeeRoutes(app: App): void {
  serve(app, employees.listEmployees, list)
  serve(app, employees.readEmployees, read)
  serve(app, employees.applyEmployeeRoles, apply)
  serve(app, employees.stageEmployeeRoles, stage)
}
