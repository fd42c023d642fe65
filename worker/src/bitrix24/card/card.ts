/** A card of the CRM: which one a frame stands in, and whose numbers it shows (reference/bitrix24.md §7.1, §9). Pure. */
import type { CARD_ENTITIES } from '#contract/portal-card.ts'
import { asList, asMap } from '../rest/answers.ts'
import type { Command } from '../rest/batch.ts'

export type Entity = (typeof CARD_ENTITIES)[number]
export type Card = { entity: Entity; id: number }
/** `owner`: whose number it is, where that is not the card's own. */
export type Numbered = { phone: string; owner: string | null }

/** As the CRM counts its kinds. */
export const TYPES: Record<Entity, number> = { lead: 1, deal: 2, contact: 3, company: 4 }
const PLACES: readonly (readonly [Entity, string])[] = [
  ['contact', 'CRM_CONTACT_DETAIL_TAB'],
  ['lead', 'CRM_LEAD_DETAIL_TAB'],
  ['deal', 'CRM_DEAL_DETAIL_TAB'],
  ['company', 'CRM_COMPANY_DETAIL_TAB'],
]
export const CARD_PLACEMENTS = PLACES.map(([, placement]) => placement)

/** People of a card that are asked for; nobody writes to more of them from one tab. */
const PEOPLE_MAX = 20

/** The card that a frame was opened in; null: it is another place. `options`: PLACEMENT_OPTIONS as it came. */
export function cardIn(placement: string | undefined, options: string | undefined): Card | null {
  const entity = PLACES.find(([, code]) => code === placement?.toUpperCase())?.[0]
  if (!entity) return null
  const id = Number(asMap(jsonIn(options ?? ''))['ID'])
  return Number.isSafeInteger(id) && id > 0 ? { entity, id } : null
}

/** Placement options as they came; null: they are none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const get = (entity: Entity, id: number): Command => ({
  method: 'crm.item.get',
  params: { entityTypeId: TYPES[entity], id },
})
// Numbers come with a list only where everything is asked for.
const contacts = (filter: object): Command => ({
  method: 'crm.item.list',
  params: { entityTypeId: TYPES.contact, select: ['*'], filter, order: { id: 'ASC' }, start: -1 },
})

/** What is asked first: the item itself, and with a company its people. */
export function firstAsked({ entity, id }: Card): Command[] {
  return entity === 'company' ? [get(entity, id), contacts({ companyId: id })] : [get(entity, id)]
}

/** Who else is behind the card: the contacts of a deal in their order, then its company; those of a lead that has no number itself. */
export function thenAsked({ entity }: Card, item: Record<string, unknown>): Command[] {
  const isAlone = entity === 'contact' || entity === 'company' || (entity === 'lead' && phonesOf(item).length > 0)
  if (isAlone) return []
  const people = peopleOf(item)
  const company = Number(item['companyId'])
  return [...(people.length > 0 ? [contacts({ '@id': people })] : []), ...(company > 0 ? [get('company', company)] : [])]
}

function peopleOf(item: Record<string, unknown>): number[] {
  const ids = [item['contactId'], ...asList(item['contactIds'])].map(Number).filter((id) => id > 0)
  return [...new Set(ids)].slice(0, PEOPLE_MAX)
}

/** The item in an answer of `crm.item.get`. */
export const itemIn = (result: unknown): Record<string, unknown> => asMap(asMap(result)['item'])

/** Every item in these answers; those of a list stand as `order` names them. */
export function itemsIn(results: readonly unknown[], order: readonly number[]): Record<string, unknown>[] {
  const place = (item: Record<string, unknown>): number => {
    const at = order.indexOf(Number(item['id']))
    return at < 0 ? order.length : at
  }
  return results.flatMap((result) => {
    const map = asMap(result)
    if ('item' in map) return [asMap(map['item'])]
    return asList(map['items'])
      .map(asMap)
      .toSorted((one, other) => place(one) - place(other))
  })
}

/** In which order the contacts of a card stand. */
export const orderOf = peopleOf

/** How the portal calls an item: a person by both names, else its title. */
export function nameOf(item: Record<string, unknown>): string | null {
  const person = [item['name'], item['lastName']].flatMap((part) =>
    typeof part === 'string' && part.trim() !== '' ? [part.trim()] : [],
  )
  const title = typeof item['title'] === 'string' ? item['title'].trim() : ''
  return (person.join(' ') || title).slice(0, 120) || null
}

/** As they were typed in the portal. */
export function phonesOf(item: Record<string, unknown>): string[] {
  return asList(item['fm']).flatMap((field) => {
    const { typeId, value } = asMap(field)
    return typeId === 'PHONE' && typeof value === 'string' && value.trim() !== '' ? [value] : []
  })
}

/** The numbers of a card, its own first, each once. `toDigits` reads what was typed. */
export function numbersOf(
  item: Record<string, unknown>,
  others: readonly Record<string, unknown>[],
  toDigits: (typed: string) => string | null,
): Numbered[] {
  const found = new Map<string, Numbered>()
  for (const one of [item, ...others]) {
    for (const typed of phonesOf(one)) {
      const phone = toDigits(typed)
      if (phone !== null && !found.has(phone)) found.set(phone, { phone, owner: one === item ? null : nameOf(one) })
    }
  }
  return [...found.values()].slice(0, PEOPLE_MAX)
}
