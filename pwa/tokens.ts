/** Reads the token file, so that the manifest, the page's metas and the contrast test use its values and own none. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Tokens = Record<string, string>

/** Every colour role of both themes, `paper` → `#f6f2e9`. */
export function readTokens(): { light: Tokens; dark: Tokens } {
  const css = readFileSync(join(import.meta.dirname, 'src/styles/tokens.css'), 'utf8')
  const blocks = [...css.matchAll(/:root[^{]*\{([^}]*)\}/g)].map((block) => rolesOf(block[1] ?? ''))
  const [light, dark] = blocks
  if (!light || !dark) throw new Error('tokens.css has lost a theme')
  return { light, dark }
}

function rolesOf(block: string): Tokens {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((pair) => [pair[1] ?? '', (pair[2] ?? '').trim()]))
}
