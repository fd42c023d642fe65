/**
 * Reads a portal's employees and departments: pages of fifty, many in one batch, at the lowest priority
 * (reference/bitrix24.md §4.1, §4.2, §7.6). Employees are only ever added at the end and never taken out of the list, so pages in the
 * order of their numbers hold everybody; a reading that does not come to the portal's own count is not one.
 */
import type { Called, Wanted } from './call-queue.ts'
import { asList, asMap, asNumber, isYes } from './rest/answers.ts'
import { batchesOf, batchMeanings, type Command } from './rest/batch.ts'

export type ReadEmployee = { id: string; name: string; position: string; departments: string[]; isActive: boolean }
export type ReadDepartment = { id: string; name: string; parentId: string | null; sort: number }
export type PeopleRead = { users: ReadEmployee[]; departments: ReadDepartment[] }
type Failed = Extract<Called, { ok: false }>
type Reading = { ok: true; read: PeopleRead } | Failed
type Call = (wanted: Wanted) => Promise<Called>

const PAGE = 50
/** So many pages in one batch: a cloud portal cuts a request off after a minute. */
const PAGES = 20

const pageOf = (method: string, start: number): Command => ({
  method,
  params:
    method === 'user.get'
      ? { FILTER: { USER_TYPE: 'employee' }, SORT: 'ID', ORDER: 'ASC', start }
      : { sort: 'ID', order: 'ASC', start },
})

/** The pages after the first one. */
function further(method: string, total: number): Command[] {
  return Array.from({ length: Math.max(0, Math.ceil(total / PAGE) - 1) }, (_, n) => pageOf(method, (n + 1) * PAGE))
}

type Pages = { ok: true; pages: unknown[][]; totals: number[] } | Failed

async function ask(call: Call, commands: readonly Command[]): Promise<Pages> {
  const pages: unknown[][] = []
  const totals: number[] = []
  for (let from = 0; from < commands.length; from += PAGES) {
    const piece = commands.slice(from, from + PAGES)
    const [params] = batchesOf(piece)
    if (!params) break
    const answer = await call({ method: 'batch', params, priority: 'sync', isRepeatable: true })
    if (!answer.ok) return answer
    const counted = asMap(asMap(answer.result)['result_total'])
    for (const [n, { problem, result }] of batchMeanings(piece.length, [answer.result]).entries()) {
      // Without the right to departments everybody stands in none: that is no reason to know nobody.
      const isLeftOut = problem?.kind === 'denied' && piece[n]?.method === 'department.get'
      if (problem && !isLeftOut) return { ok: false, ...problem, againAt: null }
      pages.push(problem ? [] : asList(result))
      totals.push(asNumber(counted[`c${n}`]))
    }
  }
  return { ok: true, pages, totals }
}

/** Everybody, and every department. */
export async function readPeople(call: Call): Promise<Reading> {
  const first = await ask(call, [pageOf('user.get', 0), pageOf('department.get', 0)])
  if (!first.ok) return first
  const [users = 0, departments = 0] = first.totals
  const userPages = further('user.get', users)
  const rest = await ask(call, [...userPages, ...further('department.get', departments)])
  if (!rest.ok) return rest
  const rows = [...(first.pages[0] ?? []), ...rest.pages.slice(0, userPages.length).flat()]
  const read = {
    users: eachOnce(rows.flatMap(employeeIn)),
    departments: eachOnce([...(first.pages[1] ?? []), ...rest.pages.slice(userPages.length).flat()].flatMap(departmentIn)),
  }
  // Nobody loses access because a page came short.
  if (read.users.length === 0 || read.users.length < users)
    return { ok: false, kind: 'retry', code: 'incomplete', text: '', againAt: null }
  return { ok: true, read }
}

function eachOnce<T extends { id: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

const idOf = (value: unknown): string => (/^\d{1,18}$/.test(String(value)) ? String(value) : '')
const textOf = (value: unknown, length: number): string => (typeof value === 'string' ? value.trim().slice(0, length) : '')

export function employeeIn(row: unknown): ReadEmployee[] {
  const { ID, NAME, LAST_NAME, EMAIL, WORK_POSITION, UF_DEPARTMENT, ACTIVE } = asMap(row)
  const id = idOf(ID)
  if (id === '') return []
  const name = [NAME, LAST_NAME]
    .map((part) => textOf(part, 60))
    .filter((part) => part !== '')
    .join(' ')
  return [
    {
      id,
      name: name || textOf(EMAIL, 120) || `#${id}`,
      position: textOf(WORK_POSITION, 120),
      departments: asList(UF_DEPARTMENT)
        .map(idOf)
        .filter((one) => one !== ''),
      isActive: isYes(ACTIVE),
    },
  ]
}

export function departmentIn(row: unknown): ReadDepartment[] {
  const { ID, NAME, PARENT, SORT } = asMap(row)
  const id = idOf(ID)
  return id === ''
    ? []
    : [{ id, name: textOf(NAME, 120) || `#${id}`, parentId: idOf(PARENT) || null, sort: Math.trunc(asNumber(SORT)) }]
}
