/** What a function touches, read from the sources that PostgreSQL itself keeps. */

export type Sources = { tables: ReadonlySet<string>; /** Of functions and views, by name. */ code: ReadonlyMap<string, string> }

/** `from x`, `join (x`, `into public.x`, `update x`: tables and views; a name alone may be a column or a type. */
const NAMED = /\b(?:from|join|into|update)\s+\(*(?:only\s+)?(?:public\.)?([a-z_]+)\b/gi
const CALLED = /\b(?:public\.)?([a-z_]+)\s*\(/gi

/** The tables that a function reads or writes, itself or through others. */
export function tablesBehind(name: string, sources: Sources): Set<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const code = (sources.code.get(next) ?? '').replaceAll(/--[^\n]*/g, '')
    for (const [, word = ''] of code.matchAll(NAMED)) {
      if (sources.tables.has(word)) found.add(word)
      else if (sources.code.has(word)) open.push(word)
    }
    for (const [, word = ''] of code.matchAll(CALLED)) if (sources.code.has(word)) open.push(word)
  }
  return found
}

/** Until when rows stay: the conditions under which functions delete, in their own words. */
export function deletionsOf(table: string, sources: Sources): { by: string; where: string }[] {
  const sentence = new RegExp(`delete from (?:public\\.)?${table}\\b(?: (?!where)\\w+)? where ([^;]*?)(?= returning|;|$)`, 'gi')
  return [...sources.code].flatMap(([by, code]) =>
    [...code.matchAll(sentence)].map(([, where = '']) => ({ by, where: where.replaceAll(/\s+/g, ' ').trim() })),
  )
}
