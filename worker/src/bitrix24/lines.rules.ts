/** Our connectors as a portal is told of them (reference/bitrix24.md §5.1, §5.2). */

/** A binding as the portal has to learn it. */
export type LineToSet = { id: string; connector: string; line: number; name: string; phone: string; signs: boolean }

/** The tile of the Contact Center that is there before any number is: its page binds one. */
export const DOOR = 'wab24'

/** Our own drawing: another's trademark is refused by moderation. */
const BUBBLE = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 70 70"><path fill="${colour}" d="M35 13c13 0 24 9 24 20S48 53 35 53c-3 0-5 0-7-1l-12 5 3-9c-5-4-8-9-8-15 0-11 11-20 24-20z"/><path fill="#fff" d="M23 27h24v4H23zm0 8h16v4H23z"/></svg>`

const iconOf = (colour: string, ground: string) => ({
  DATA_IMAGE: `data:image/svg+xml,${encodeURIComponent(BUBBLE(colour))}`,
  COLOR: ground,
  SIZE: '90%',
  POSITION: 'center',
})

/** What `imconnector.register` takes. Once more with the same id changes it. `CHAT_GROUP` on would keep the CRM out. */
export function registration(id: string, name: string, handler: string, signs: boolean): Record<string, unknown> {
  return {
    ...{ ID: id, NAME: name, PLACEMENT_HANDLER: handler },
    ...{ ICON: iconOf('#2c3a91', '#e4e7f7'), ICON_DISABLED: iconOf('#8a8577', '#ece9e2') },
    ...{ DEL_EXTERNAL_MESSAGES: true, EDIT_INTERNAL_MESSAGES: true, DEL_INTERNAL_MESSAGES: true, NEWSLETTER: true },
    ...{ NEED_SYSTEM_MESSAGES: true, NEED_SIGNATURE: signs, CHAT_GROUP: false },
  }
}

export const titleOf = (name: string): string => `WhatsApp · ${name}`

/** What `imconnector.connector.data.set` takes: how a customer finds the number. */
export function dataOf({ connector, line, name, phone }: Omit<LineToSet, 'id' | 'signs'>): Record<string, unknown> {
  const url = phone === '' ? '' : `https://wa.me/${phone}`
  return { CONNECTOR: connector, LINE: line, DATA: { ID: connector, URL: url, URL_IM: url, NAME: titleOf(name) } }
}
