/** Does somebody match what was typed? The phone's own, smaller version of the server's search (api_search). */
import { plainWords } from './plain.rules.ts'
import { numberForms } from './number-forms.rules.ts'

/** Any part of the name, accents aside, every word of it; or any part of the number, a national 0 in front forgiven. */
export function matches(person: { name: string | null; phone: string | null }, words: string): boolean {
  const digits = words.replace(/\D/g, '')
  if (/^[-+() 0-9.]+$/.test(words) && digits.length >= 3) {
    const phone = person.phone?.replace(/\D/g, '') ?? ''
    return numberForms(digits).some((form) => phone.includes(form))
  }
  const name = plainWords(person.name ?? '')
  return plainWords(words)
    .split(/\s+/)
    .every((word) => name.includes(word))
}
