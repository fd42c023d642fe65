/** The words of what few messages are, and of sending places, people and stickers. Apart from the first load. */
import type { CardsText } from './cards.es.ts'

export const cardsEn: CardsText = {
  /** By the name that the message's kind has (session-node/src/readable.rules.ts). */
  strange: {
    poll: 'Poll. One votes on the phone of the number.',
    event: 'Event. It is answered on the phone of the number.',
    event_canceled: 'Cancelled event',
    group_invite: 'Invitation to a group. It is accepted on the phone of the number.',
    channel_invite: 'Invitation to a WhatsApp channel',
    view_once: 'Photo, video or audio to be seen once: it opens on the phone of the number only.',
    waiting_for_phone:
      'This message could not be read yet. It will show here when the customer’s phone sends it again; if that takes long, ask for it again.',
    product: 'Product of a catalogue',
    payment: 'WhatsApp payment. It shows on the phone of the number.',
    sticker_pack: 'Pack of stickers',
    request_phone_number: 'The customer asks for the phone number.',
  },
  unknown:
    'A message that this application does not know. Open it on the phone of the number, or ask the customer to send it another way.',
  kind: (name: string) => `Kind: ${name}`,
  live: 'Live location: this is where it began. Follow it on the phone of the number.',
  typing: 'typing…',
  recording: 'recording audio…',
  location: 'Location',
  contact: 'Contact',
  sticker: 'Sticker',
  send: 'Send',
  link: 'The name or the address holds a link, and this number allows no links.',
  notStored: 'It could not be stored on this device. Free some space and try again.',
  place: {
    title: 'Send a location',
    here: 'Use where I am now',
    finding: 'Looking…',
    hereFailed: 'This device did not give its location. Paste it below.',
    where: 'Map link or coordinates',
    whereHelp: 'For example -2.9001, -79.0059 or a Google Maps link',
    whereWrong: 'There are no coordinates in what you pasted. Open it on the map and copy the two numbers.',
    name: 'Name of the place (optional)',
    address: 'Address (optional)',
  },
  person: {
    title: 'Send a contact',
    find: 'Search in contacts',
    name: 'Name',
    nameMissing: 'Type the name.',
    phone: 'Phone',
    phoneWrong: 'Type the whole number, with country code.',
    org: 'Company (optional)',
    noPhone: 'No number in sight',
  },
  stickers: {
    title: 'Send a sticker',
    pick: 'Choose a picture',
    help: 'It is cut around its middle, 512 by 512. A clear background stays clear.',
    failed: 'No sticker could be made of this picture. Try another one, or Chrome.',
    alt: 'As it will look',
  },
}
