/** What the sources say about tables, columns and functions: the words in docs/database.md are written once, there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export type Comments = {
  tables: Map<string, string>
  /** By `table.column`. */
  columns: Map<string, string>
  functions: Map<string, string>
}

function docOf(node: ts.Node): string | null {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const text = ts.getTextOfJSDocComment(docs.at(-1)?.comment)
  return text ? text.replaceAll(/\s+/g, ' ').trim() : null
}

/** The first text in a chain of calls: `uuid('account_id').notNull()` names account_id. */
function nameIn(node: ts.Expression): string | null {
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments
    return nameIn(node.expression) ?? (first && ts.isStringLiteral(first) ? first.text : null)
  }
  return ts.isPropertyAccessExpression(node) ? nameIn(node.expression) : null
}

function readSchema(file: string, comments: Comments): void {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { initializer } of statement.declarationList.declarations) {
      if (!initializer || !ts.isCallExpression(initializer) || initializer.expression.getText() !== 'pgTable') continue
      const [name, columns] = initializer.arguments
      if (!name || !ts.isStringLiteral(name) || !columns || !ts.isObjectLiteralExpression(columns)) continue
      const about = docOf(statement)
      if (about) comments.tables.set(name.text, about)
      for (const property of columns.properties) {
        const text = docOf(property)
        if (!text || !ts.isPropertyAssignment(property)) continue
        comments.columns.set(`${name.text}.${nameIn(property.initializer) ?? property.name.getText()}`, text)
      }
    }
  }
}

/** A block comment right before a function is what it does. */
function readFunctions(text: string, comments: Comments): void {
  for (const [, said = '', name = ''] of text.matchAll(/\/\*((?:(?!\*\/)[^])*)\*\/\s*create or replace function (\w+)/g)) {
    comments.functions.set(
      name,
      said
        .replaceAll(/^\s*\* ?/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
  }
}

/** Reads db/schema and db/functions. */
export function readComments(): Comments {
  const comments: Comments = { tables: new Map(), columns: new Map(), functions: new Map() }
  const schema = join(import.meta.dirname, 'schema')
  for (const file of readdirSync(schema).filter((name) => name.endsWith('.ts'))) readSchema(join(schema, file), comments)
  const functions = join(import.meta.dirname, 'functions')
  for (const file of readdirSync(functions).toSorted()) readFunctions(readFileSync(join(functions, file), 'utf8'), comments)
  return comments
}
