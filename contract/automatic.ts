/** Texts that a number sends by itself: the same words on the phone (preview) and at the edge. Pure. */
import { fillText, variablesIn, type Values } from './variables.ts'

export const AUTOMATIC_RULES = ['greeting', 'out_of_hours', 'farewell'] as const
export type AutomaticRule = (typeof AUTOMATIC_RULES)[number]

/** What each text may name. `apertura` is when the number opens again; `agente` who closed the chat. */
export type AutomaticVariable = 'cliente' | 'empresa' | 'canal' | 'apertura' | 'agente'
export const AUTOMATIC_VARIABLES: Record<AutomaticRule, readonly AutomaticVariable[]> = {
  greeting: ['cliente', 'empresa', 'canal'],
  out_of_hours: ['cliente', 'empresa', 'canal', 'apertura'],
  farewell: ['cliente', 'empresa', 'canal', 'agente'],
}

export const AUTOMATIC_TEXT_MAX = 1024

/** The first variable of a text that its rule does not know; null when all are known. */
export function strangeVariable(rule: AutomaticRule, text: string): string | null {
  return variablesIn(text).find((name) => !AUTOMATIC_VARIABLES[rule].some((known) => known === name)) ?? null
}

/** A text ready to be sent. Nobody is there to ask: what is not known is left out, with the space before it. */
export function automaticText(text: string, values: Values): string {
  const { missing } = fillText(text, values)
  const gone = missing.reduce((rest, name) => rest.replaceAll(`{${name}}`, GAP), fillText(text, values).text)
  return gone.replaceAll(new RegExp(` ?${GAP}`, 'g'), '').trim()
}

/** Nothing that anybody types: a private-use character. */
const GAP = '\u{E000}'
