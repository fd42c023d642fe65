/** On which card an entry stands: where the open line has put the conversation, else where somebody with this number is. Pure. */
import { TYPES } from '../card/card.ts'
import { asList, asMap, asNumber } from '../rest/answers.ts'

export type Owner = { typeId: number; id: number }

/** Where somebody works with the client comes first; the others show it too. */
const ORDER = ['deal', 'lead', 'contact', 'company'] as const

/** `entity_data_2` of `imopenlines.dialog.get`: `LEAD|1205|COMPANY|0|CONTACT|88|DEAL|540` (reference/bitrix24.md §6). */
export function ownersOfDialog(result: unknown): Owner[] {
  const parts = String(asMap(result)['entity_data_2'] ?? '').split('|')
  const idOf = (name: string): number => asNumber(parts[parts.indexOf(name.toUpperCase()) + 1])
  return ORDER.flatMap((name) =>
    parts.includes(name.toUpperCase()) && idOf(name) > 0 ? [{ typeId: TYPES[name], id: idOf(name) }] : [],
  )
}

/** What `crm.duplicate.findbycomm` found: of several of one kind the newest. */
export function ownersByPhone(result: unknown): Owner[] {
  const found = asMap(result)
  return (['contact', 'lead', 'company'] as const)
    .flatMap((name) => {
      const id = Math.max(0, ...asList(found[name.toUpperCase()]).map(asNumber))
      return id > 0 ? [{ typeId: TYPES[name], id }] : []
    })
    .slice(0, 1)
}

/** Every way to write a number that a CRM may have kept: with the plus and without. */
export const phonesAsked = (phones: readonly string[]): string[] => phones.flatMap((phone) => [`+${phone}`, phone]).slice(0, 20)
