/** A value out of a JSON text exactly as it was written there: signatures are over bytes. */

/** The text of a member of the outermost object; undefined when there is none. */
export function valueIn(text: string, name: string): string | undefined {
  let depth = 0
  let key: string | null = null
  let start: number | null = null
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') {
      const end = endOfString(text, at)
      if (depth === 1 && start === null) key = text.slice(at + 1, end)
      at = end
    } else if (letter === ':' && depth === 1 && start === null) start = at + 1
    else if ((letter === ',' || letter === '}') && depth === 1) {
      if (key === name && start !== null) return text.slice(start, at).trim()
      ;[key, start] = [null, null]
      if (letter === '}') depth -= 1
    } else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
  }
  return undefined
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}
