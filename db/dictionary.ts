/** The data dictionary and the picture of the tables, from the catalogue of a migrated database. */
import pg from 'pg'
import * as z from 'zod'
import { readComments, type Comments } from './comments.ts'
import { DOORS } from './doors.ts'
import { deletionsOf, tablesBehind, type Sources } from './uses.ts'

const Column = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  value: z.nullable(z.string()),
  references: z.nullable(z.string()),
})
const Table = z.object({
  name: z.string(),
  walled: z.boolean(),
  columns: z.array(Column),
  indexes: z.array(z.string()),
  checks: z.array(z.string()),
})
const Routine = z.object({ name: z.string(), args: z.string(), result: z.string(), definer: z.boolean(), code: z.string() })
const View = z.object({ name: z.string(), code: z.string() })

type Table = z.infer<typeof Table>
type Routine = z.infer<typeof Routine>

const TABLES = `
select c.relname as name, c.relrowsecurity as walled,
  (select json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull,
      'value', pg_get_expr(d.adbin, d.adrelid),
      'references', (select f.confrelid::regclass::text from pg_constraint f
        where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1)) order by a.attnum)
    from pg_attribute a left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  coalesce((select json_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+ USING ', '\\2: \\1') order by i.indexrelid::regclass::text)
    from pg_index i where i.indrelid = c.oid), '[]') as indexes,
  coalesce((select json_agg(pg_get_constraintdef(k.oid) order by k.conname) from pg_constraint k
    where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'functions_written'
order by c.relname`

const ROUTINES = `
select p.proname as name, pg_get_function_identity_arguments(p.oid) as args, pg_get_function_result(p.oid) as result, p.prosecdef as definer,
  coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) as code
from pg_proc p
where p.pronamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
order by p.proname, 2`

const VIEWS = `select c.relname as name, pg_get_viewdef(c.oid) as code from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** Every table points to its account: drawn once, in words, or the picture would be a web. */
function picture(tables: Table[]): string[] {
  const lines = tables.flatMap(({ name, columns }) =>
    columns
      .filter(({ references }) => references !== null && references !== 'account')
      .map((column) => `  ${column.references} ${column.nullable ? '|o' : '||'}--o{ ${name} : ${column.name}`),
  )
  return ['```mermaid', 'erDiagram', ...lines, '```']
}

const listed = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(', ')

/** Until when its rows stay, and the doors behind which it is read or written. */
function lifePart(table: string, sources: Sources): string[] {
  const deletions = deletionsOf(table, sources).map(({ by, where }) => `\`${by}\` deletes where \`${cell(where)}\``)
  const doors = Object.entries(DOORS).filter(([, functions]) => functions.some((name) => tablesBehind(name, sources).has(table)))
  return [
    `Kept: ${deletions.length > 0 ? `${deletions.join('; ')}.` : 'for ever; nothing deletes its rows.'}`,
    '',
    `Used by: ${listed(doors.map(([door]) => door)) || 'nothing yet'}.`,
    '',
  ]
}

function tablePart(table: Table, comments: Comments, sources: Sources): string[] {
  const rows = table.columns.map(({ name, type, nullable, value, references }) => {
    const about = [comments.columns.get(`${table.name}.${name}`), references && `→ \`${references}\``].filter(Boolean).join(' ')
    return `| \`${name}\` | ${cell(type)}${nullable ? '' : ', required'} | ${value === null ? '' : `\`${cell(value)}\``} | ${cell(about)} |`
  })
  return [
    `### ${table.name}`,
    '',
    comments.tables.get(table.name) ?? '',
    '',
    ...lifePart(table.name, sources),
    ...(table.walled ? [] : ['Belongs to no account: not behind row-level security.', '']),
    '| Column | Type | Default | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...(table.indexes.length > 0 ? ['Indexes:', '', ...table.indexes.map((index) => `- \`${index}\``), ''] : []),
    ...(table.checks.length > 0 ? ['Checks:', '', ...table.checks.map((check) => `- \`${check}\``), ''] : []),
  ]
}

function routinePart(routine: Routine, comments: Comments): string {
  const about = comments.functions.get(routine.name) ?? ''
  return `| \`${routine.name}(${cell(routine.args)})\` | \`${cell(routine.result)}\` | ${cell(about)}${routine.definer ? ' Runs as its owner.' : ''} |`
}

/** The tables, functions and views of a database, with what PostgreSQL keeps of their sources. */
export async function sourcesOf(client: pg.Client): Promise<Sources> {
  const tables = z.array(Table).parse((await client.query(TABLES)).rows)
  const code = [
    ...z.array(Routine).parse((await client.query(ROUTINES)).rows),
    ...z.array(View).parse((await client.query(VIEWS)).rows),
  ]
  return { tables: new Set(tables.map(({ name }) => name)), code: new Map(code.map((part) => [part.name, part.code])) }
}

/** docs/database.md as it should be for the database at `ownerUrl`. */
export async function dictionary(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const tables = z.array(Table).parse((await client.query(TABLES)).rows)
    const routines = z.array(Routine).parse((await client.query(ROUTINES)).rows)
    const sources = await sourcesOf(client)
    const comments = readComments()
    return [
      '# The database',
      '',
      'Written by `npm run docs` from the catalogue of a migrated database and the comments of db/schema and db/functions; `npm test` fails when it is out of date.',
      '',
      'Every table that belongs to an account has `account_id`, an index that begins with it where it is searched by it, and is behind row-level security. Those arrows are left out of the picture.',
      '',
      ...picture(tables),
      '',
      '## Tables',
      '',
      ...tables.flatMap((table) => tablePart(table, comments, sources)),
      '## Functions',
      '',
      '| Function | Gives | What it does |',
      '| --- | --- | --- |',
      ...routines.map((routine) => routinePart(routine, comments)),
      '',
    ].join('\n')
  } finally {
    await client.end()
  }
}
