/** The words of labels, in English. */
import type { LabelsText } from './labels.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const labelsEn: LabelsText = {
  add: 'Add',
  addTitle: 'New label',
  editTitle: 'Change the label',
  name: 'Name',
  description: 'Description',
  descriptionHint: 'Read by pressing the label for a moment.',
  color: 'Colour',
  colors: {
    anil: 'Indigo',
    cochinilla: 'Cochineal',
    maiz: 'Maize',
    eucalipto: 'Eucalyptus',
    mora: 'Mulberry',
    rio: 'River',
    teja: 'Tile',
    piedra: 'Stone',
  },
  roles: 'Who sees it',
  rolesHelp: 'None chosen: everybody. For other roles it does not exist. Your role and the administrator’s always see it.',
  save: 'Save',
  saved: 'The label is saved.',
  archive: 'Make inactive',
  restore: 'Make active again',
  archived: 'Inactive',
  archivedHelp: 'They stay where they are and are offered no more.',
  used: (chats, messages) => `${n(chats, 'chat', 'chats')} · ${n(messages, 'message', 'messages')}`,
  forAll: 'For everybody',
  forRoles: (count) => n(count, 'role', 'roles'),
  empty: 'Make the first label',
  emptyHelp: 'Labels mark chats and messages, and filter the list.',
  loadFailed: 'The labels could not be read',
  ofChat: 'Labels of the chat',
  ofMessage: 'Labels of the message',
  none: 'There are no labels',
  noneHelp: 'Whoever manages the account makes them, in Settings.',
  find: 'Find a label',
  inactive: 'Inactive',
}
