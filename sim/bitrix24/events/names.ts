/** The events that there are, with the permission that each asks for. */

const crm = ['LEAD', 'DEAL', 'CONTACT', 'COMPANY', 'DYNAMICITEM'].flatMap((of) =>
  ['ADD', 'UPDATE', 'DELETE'].map((did) => `ONCRM${of}${did}`),
)
const connector = ['MESSAGEADD', 'MESSAGEUPDATE', 'MESSAGEDELETE', 'STATUSDELETE', 'LINEDELETE', 'DIALOGSTART', 'DIALOGFINISH']
const lines = ['ONOPENLINEMESSAGEADD', 'ONOPENLINEMESSAGEUPDATE', 'ONOPENLINEMESSAGEDELETE', 'ONSESSIONSTART', 'ONSESSIONFINISH']
const life = [
  'ONAPPINSTALL',
  'ONAPPUPDATE',
  'ONAPPUNINSTALL',
  'ONAPPPAYMENT',
  'ONAPPTEST',
  'ONAPPMETHODCONFIRM',
  'ONOFFLINEEVENT',
]

export const EVENTS: Readonly<Record<string, string | null>> = Object.fromEntries<string | null>([
  ...life.map((name): [string, null] => [name, null]),
  ...connector.map((name): [string, string] => [`ONIMCONNECTOR${name}`, 'imconnector']),
  ...lines.map((name): [string, string] => [name, 'imopenlines']),
  ...crm.map((name): [string, string] => [name, 'crm']),
  ['ONCRMTIMELINEITEMACTION', 'crm'],
  ['ONUSERADD', 'user'],
  ['ONEXTERNALCALLSTART', 'telephony'],
])
