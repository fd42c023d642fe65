/** The employees' screen without its drawing: boxes, groups, search, and what is staged. */
import type { Access, Employee, Employees } from '#contract/employees.ts'
import { plainWords } from '../../lib/plain.rules.ts'

export const BOXES = ['quality', 'sales', 'head'] as const
export type Box = (typeof BOXES)[number]
/** Employee → what it was staged on, and what it is to be. */
export type Staged = Readonly<Record<string, { from: Access; to: Access }>>

/** `included`: a head has it already. */
export function boxOf(access: Employee['access'], box: Box): 'on' | 'off' | 'included' {
  if (access === 'head' || access === 'department_head') return box === 'head' ? 'on' : 'included'
  return access === box || (access === 'quality_sales' && box !== 'head') ? 'on' : 'off'
}

/** What somebody has once a box is ticked or not. */
export function withBox(access: Access, box: Box, isOn: boolean): Access {
  if (box === 'head') return isOn ? 'head' : 'none'
  if (boxOf(access, box) === 'included') return access
  const [quality, sales] = (['quality', 'sales'] as const).map((one) => (one === box ? isOn : boxOf(access, one) === 'on'))
  if (quality && sales) return 'quality_sales'
  return quality ? 'quality' : sales ? 'sales' : 'none'
}

/** Whom this screen may change: not oneself, and not who got another role in Personas. */
export function mayChange(employee: Employee): employee is Employee & { access: Access } {
  return employee.access !== 'other' && !employee.isYou
}

/** What is chosen for somebody: what is staged, else what is. */
export function accessNow(staged: Staged, employee: Employee): Employee['access'] {
  return staged[employee.userId]?.to ?? employee.access
}

/** Chooses; choosing what somebody has already takes the change back. Who was dismissed can only lose it. */
export function stage(staged: Staged, employee: Employee, to: Access): Staged {
  if (!mayChange(employee) || (!employee.isActive && to !== 'none')) return staged
  const { [employee.userId]: _before, ...rest } = staged
  return to === employee.access ? rest : { ...rest, [employee.userId]: { from: employee.access, to } }
}

/** The same box for many at once. */
export function stageAll(staged: Staged, employees: readonly Employee[], box: Box, isOn: boolean): Staged {
  const next: Record<string, { from: Access; to: Access }> = { ...staged }
  for (const employee of employees) {
    const now = accessNow(next, employee)
    if (!mayChange(employee) || now === 'other') continue
    const to = withBox(now, box, isOn)
    if (to === employee.access) delete next[employee.userId]
    else if (employee.isActive || to === 'none') next[employee.userId] = { from: employee.access, to }
  }
  return next
}

/** How a box stands for a group: what its own box shows. */
export function boxOfAll(staged: Staged, employees: readonly Employee[], box: Box): 'all' | 'some' | 'none' {
  const theirs = employees.filter((one) => mayChange(one) && one.isActive)
  const on = theirs.filter((one) => boxOf(accessNow(staged, one), box) !== 'off').length
  return on === 0 ? 'none' : on === theirs.length ? 'all' : 'some'
}

export type Conflict = { employee: Employee | null; userId: string; from: Access; now: Employee['access'] | null; to: Access }

/** What is staged, on the list as it is now: what somebody else has done meanwhile is said, and the rest stays to be applied. */
export function rebased(staged: Staged, list: Employees): { staged: Staged; conflicts: Conflict[] } {
  const byId = new Map(list.items.map((employee) => [employee.userId, employee]))
  const conflicts: Conflict[] = []
  let next: Staged = {}
  for (const [userId, { from, to }] of Object.entries(staged)) {
    const employee = byId.get(userId) ?? null
    if (!employee || employee.access !== from) conflicts.push({ employee, userId, from, now: employee?.access ?? null, to })
    if (employee) next = stage(next, employee, to)
  }
  return { staged: next, conflicts }
}

export type Change = { from: Access; to: Access; employees: Employee[] }

/** Staged changes of one kind together, the largest first. */
export function changesOf(staged: Staged, list: Employees): Change[] {
  const kinds = new Map<string, Change>()
  for (const employee of list.items) {
    const change = staged[employee.userId]
    if (!change) continue
    const key = `${change.from}|${change.to}`
    const kind = kinds.get(key) ?? { ...change, employees: [] }
    kind.employees.push(employee)
    kinds.set(key, kind)
  }
  return [...kinds.values()].toSorted((a, b) => b.employees.length - a.employees.length)
}

/** What a role lets somebody do, narrowest first; the words for each are in text/employees. */
export const DEEDS = [
  'readOwn',
  'readDepartments',
  'readAll',
  'writeOwn',
  'writeDepartments',
  'writeAll',
  'figures',
  'direct',
] as const
export type Deed = (typeof DEEDS)[number]
const DEEDS_OF: Record<Access, readonly Deed[]> = {
  none: [],
  quality: ['readAll', 'figures'],
  sales: ['readOwn', 'writeOwn'],
  quality_sales: ['readAll', 'writeOwn', 'figures'],
  head: ['readAll', 'writeAll', 'figures', 'direct'],
  department_head: ['readDepartments', 'writeDepartments', 'figures', 'direct'],
}

/** Who gains and who loses what by such a change. */
export function gainsAndLosses({ from, to }: Pick<Change, 'from' | 'to'>): { gains: Deed[]; losses: Deed[] } {
  const [before, after] = [DEEDS_OF[from], DEEDS_OF[to]]
  return { gains: after.filter((deed) => !before.includes(deed)), losses: before.filter((deed) => !after.includes(deed)) }
}

export type Group = { id: string; name: string | null; depth: number; employees: Employee[]; all: number }
/** Each employee with what search looks at, worked out once a list. */
export type Searchable = { employee: Employee; words: string }

export function searchable(items: readonly Employee[]): Searchable[] {
  return items.map((employee) => ({ employee, words: plainWords(`${employee.name} ${employee.position}`) }))
}

/** Whoever has every word, accents aside. */
export function found(items: readonly Searchable[], typed: string): Employee[] {
  const words = plainWords(typed).split(/\s+/).filter(Boolean)
  return items.filter((one) => words.every((word) => one.words.includes(word))).map(({ employee }) => employee)
}

/** Departments as the portal nests them, each with who stands in it; who stands in none comes last. */
export function groupsOf({ departments, items }: Employees, shown: readonly Employee[]): Group[] {
  const all = new Map<string, number>()
  for (const { departments: theirs } of items) for (const id of placesOf(theirs, departments)) all.set(id, (all.get(id) ?? 0) + 1)
  const members = new Map<string, Employee[]>()
  for (const employee of shown) {
    for (const id of placesOf(employee.departments, departments)) members.set(id, [...(members.get(id) ?? []), employee])
  }
  const groups = nested(departments).map(({ id, name, depth }) => ({ id, name, depth }))
  return [...groups, { id: '', name: null, depth: 0 }].flatMap((group) => {
    const employees = members.get(group.id) ?? []
    return employees.length > 0 ? [{ ...group, employees, all: all.get(group.id) ?? 0 }] : []
  })
}

const placesOf = (theirs: readonly string[], departments: Employees['departments']): string[] => {
  const known = theirs.filter((id) => departments.some((department) => department.id === id))
  return known.length > 0 ? known : ['']
}

/** Parents before their children; a parent that is not there, or a circle, is no parent. */
function nested(departments: Employees['departments']): { id: string; name: string; depth: number }[] {
  const ids = new Set(departments.map(({ id }) => id))
  const placed = new Set<string>()
  const below = (parentId: string | null, depth: number): { id: string; name: string; depth: number }[] =>
    departments
      .filter((one) => !placed.has(one.id) && (one.parentId !== null && ids.has(one.parentId) ? one.parentId : null) === parentId)
      .flatMap(({ id, name }) => {
        placed.add(id)
        return [{ id, name, depth }, ...below(id, depth + 1)]
      })
  const tree = below(null, 0)
  return [...tree, ...departments.filter(({ id }) => !placed.has(id)).map(({ id, name }) => ({ id, name, depth: 0 }))]
}

export type Row = { key: string; group: Group } | { key: string; group: Group; employee: Employee }

/** The lines of the list: each group, and its people unless it is folded. */
export function rowsOf(groups: readonly Group[], folded: ReadonlySet<string>): Row[] {
  return groups.flatMap((group) => [
    { key: `g${group.id}`, group },
    ...(folded.has(group.id)
      ? []
      : group.employees.map((employee) => ({ key: `${group.id}:${employee.userId}`, group, employee }))),
  ])
}

export const EXAMPLES = ['positions', 'departments', 'everybody'] as const
export type Example = (typeof EXAMPLES)[number]

const HEADS = /\b(jef[ea]|gerent|supervis|coordin|encargad|director|head|manager|chefe)/
const QUALITY = /\b(calidad|auditor|quality|qualidade|monitor)/
const SALES = /\b(vent|asesor|ejecutiv|comercial|vend|cobran|atencion|sales|operador)/

function bySound(words: string): Access {
  if (HEADS.test(words)) return 'head'
  if (QUALITY.test(words)) return 'quality'
  return SALES.test(words) ? 'sales' : 'none'
}

/** Stages an example for everybody who has no access yet: it takes nothing from anybody. */
export function stageExample(staged: Staged, list: Employees, example: Example): Staged {
  const names = new Map(list.departments.map(({ id, name }) => [id, plainWords(name)]))
  const next: Record<string, { from: Access; to: Access }> = { ...staged }
  for (const employee of list.items) {
    if (!mayChange(employee) || !employee.isActive || accessNow(next, employee) !== 'none') continue
    const position = bySound(plainWords(employee.position))
    const departments = employee.departments.map((id) => bySound(names.get(id) ?? ''))
    const ofDepartment = departments.find((access) => access !== 'none') ?? 'none'
    const to =
      example === 'everybody' ? 'sales' : example === 'positions' ? position : position === 'head' ? 'head' : ofDepartment
    if (example === 'departments' && ofDepartment === 'none') continue
    if (to !== employee.access) next[employee.userId] = { from: employee.access, to }
  }
  return next
}
