/** The addresses that the app has, read from its own router: a screen of tomorrow is walked, or missed, by itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const FILES = ['app.tsx', 'later-screens.tsx'].map((name) => join(import.meta.dirname, '..', 'pwa', 'src', name))

function attributeOf(node: ts.JsxOpeningLikeElement, name: string): string | null {
  for (const one of node.attributes.properties) {
    if (ts.isJsxAttribute(one) && one.name.getText() === name && one.initializer && ts.isStringLiteral(one.initializer))
      return one.initializer.text
  }
  return null
}

const joined = (base: string, path: string): string => `${base}${path === '/' ? '' : path}` || '/'

/** Every address at which the router shows something, with its parameters as they stand there: `/chats/:chatId`. */
export function routesOfApp(): string[] {
  const found: string[] = []
  const walk = (node: ts.Node, base: string): void => {
    const element = ts.isJsxElement(node) ? node.openingElement : ts.isJsxSelfClosingElement(node) ? node : null
    const path = element?.tagName.getText() === 'Route' ? attributeOf(element, 'path') : null
    // One that only leads elsewhere shows nothing.
    if (path !== null && element?.getText().includes('<Navigate ')) return
    // What the first table does not know is in the later one, whose addresses stand for themselves.
    if (path === '*') return
    const here = path === null ? base : joined(base, path)
    // A route with routes of its own is only their frame.
    if (path !== null && !ts.isJsxElement(node)) found.push(here)
    ts.forEachChild(node, (child) => walk(child, here))
  }
  for (const file of FILES)
    walk(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX), '')
  return found
}
