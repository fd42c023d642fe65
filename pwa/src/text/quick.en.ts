/** The words of looking after quick replies, in English. */
import type { QuickText } from './quick.es.ts'

const n = (count: number, one: string, many: string) => (count === 0 ? '' : `${count} ${count === 1 ? one : many}`)

export const quickEn: QuickText = {
  add: 'Add',
  addTitle: 'New quick reply',
  editTitle: 'Quick reply',
  loadFailed: 'The replies could not be read',
  emptyHelp: 'Add the first one: greeting, balance, ways to pay.',
  name: 'Name',
  shortcut: 'Shortcut',
  shortcutHint: 'What is typed after /. One word.',
  folder: 'Folder (optional)',
  text: 'Text',
  variables: 'Insert a value',
  preview: 'How it will read',
  previewHelp: 'With sample values. The real ones are put in when it is used; if one is missing, it is not sent.',
  file: 'File (optional)',
  addFile: 'Choose a file',
  removeFile: 'Remove the file',
  forWhom: 'For whom',
  forWhomHelp: 'With nothing ticked, everybody uses it on every number.',
  roles: 'Roles',
  departments: 'Departments',
  channels: 'Numbers',
  save: 'Save',
  saved: 'Reply saved.',
  archive: 'Archive',
  restore: 'Restore',
  archived: 'Archived',
  scope: (roles: number, departments: number, channels: number) => {
    const parts = [n(roles, 'role', 'roles'), n(departments, 'department', 'departments'), n(channels, 'number', 'numbers')]
    const named = parts.filter((part) => part !== '')
    return named.length > 0 ? `For ${named.join(', ')}` : 'For everybody'
  },
  variable: {
    agente: 'Agent',
    cliente: 'Customer',
    numero: 'Customer’s number',
    empresa: 'Company',
    canal: 'Channel',
    titular: 'Holder',
    saldo: 'Balance',
    mora: 'Days overdue',
  },
  /** What the preview puts in the place of values that only a chat has. */
  samples: {
    cliente: 'Rosa Huamán',
    numero: '+593 98 765 4321',
    canal: 'Loja',
    titular: 'Rosa Huamán Quispe',
    saldo: 'S/ 120.50',
    mora: '12',
  },
}
