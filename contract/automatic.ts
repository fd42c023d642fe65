/** Texts that a number sends by itself: the same words on the phone (preview) and at the edge. Pure. */
import { NOTICE_ADDRESS } from './privacy-text.ts'
import { fillText, variablesIn, type Values } from './variables.ts'

export const AUTOMATIC_RULES = ['greeting', 'out_of_hours', 'farewell'] as const
export type AutomaticRule = (typeof AUTOMATIC_RULES)[number]

/** What each text may name. `apertura` is when the number opens again; `agente` who closed the chat; the last one the page of the privacy notice. */
export type AutomaticVariable = 'cliente' | 'empresa' | 'canal' | 'apertura' | 'agente' | typeof NOTICE_ADDRESS
export const AUTOMATIC_VARIABLES: Record<AutomaticRule, readonly AutomaticVariable[]> = {
  greeting: ['cliente', 'empresa', 'canal', NOTICE_ADDRESS],
  out_of_hours: ['cliente', 'empresa', 'canal', 'apertura', NOTICE_ADDRESS],
  farewell: ['cliente', 'empresa', 'canal', 'agente', NOTICE_ADDRESS],
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
