/** Variables in the text of quick replies, the same on the phone and at the edge: `Hola {cliente}, su saldo es {saldo}`. */

/** The ones that are always offered. Any other field of the company's client database may be named too. */
export const VARIABLES = ['agente', 'cliente', 'numero', 'empresa', 'canal', 'titular', 'saldo', 'mora'] as const

/** By name, as text to be read. What is absent, null or blank is not known. */
export type Values = Readonly<Record<string, string | null | undefined>>

const PLACE = /\{(\p{L}[\p{L}\p{M}\p{N}_]{0,39})\}/gu

/** `{Número}` and `{numero}` are the same variable. */
const nameOf = (written: string): string => written.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The variables that a text names, each once, in their order. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map(([, name = '']) => nameOf(name)))]
}

/** Puts values in the place of their names, in one pass: a value that looks like a variable stays what it is. */
export function fillText(text: string, values: Values): { text: string; missing: string[] } {
  const known = new Map(Object.entries(values).map(([name, value]) => [nameOf(name), value?.trim() ?? '']))
  const missing = new Set<string>()
  const filled = text.replace(PLACE, (place, written: string) => {
    const name = nameOf(written)
    const value = known.get(name)
    if (value) return value
    missing.add(name)
    // Written in one way, so that it is found again when the message is about to leave.
    return place.replace(written, name)
  })
  return { text: filled, missing: [...missing] }
}

/** Variables that still stand in a text that is about to leave. `missing`: names that could not be filled when it was inserted. */
export function unfilledIn(text: string, missing: readonly string[] = []): string[] {
  return variablesIn(text).filter((name) => missing.includes(name) || VARIABLES.some((known) => known === name))
}
