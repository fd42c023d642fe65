import type { PapersText } from './papers.es.ts'

/** The words of receipts, and of whoever stands on them. */
export const papersEn: PapersText = {
  kinds: { receipt: 'Receipt', credit_note: 'Credit note' },
  gatewayReceipt: 'The gateway’s receipt',
  gatewayInvoice: 'The gateway’s invoice',

  name: 'Name or company name',
  taxNumber: 'Tax number',
  taxNumberHelp: 'As your tax authority gave it',
  address: 'Address',
  email: 'Email',
  optional: 'Optional',
  latin: 'Write it with Latin letters: receipts have no others',
  save: 'Save',

  fiscal: 'Details on receipts',
  fiscalNone: (company) =>
    `Receipts are made out to “${company}”, without a tax number. Fill this in before you pay: a receipt that is made never changes.`,
  fiscalHelp: 'Each payment has a receipt made out to this name. Those that there are do not change.',
  fill: 'Fill in',
  change: 'Change',
  fiscalSaved: 'Saved: it holds from the next payment on',
  loadFailed: 'The details on receipts could not be read',

  seller: 'Who sells',
  sellerHelp: 'Receipts and credit notes carry these details. With another tax number they are counted anew.',
  sellerNone: 'Nobody sells yet',
  sellerNoneHelp:
    'Without these details no receipts are made. Payments are credited all the same, and get theirs once you fill this in.',
  sellerWaiting: (count) => (count === 1 ? '1 payment waits for its receipt' : `${count} payments wait for their receipts`),
  sellerSet: 'Name who sells',
  sellerChange: 'Change from a day on',
  sellerFrom: 'Valid from',
  sellerFromHelp: 'Empty: from now on. What was valid does not change; to correct what is to come, enter the same day again.',
  sellerSaved: 'Saved',
  states: { now: 'Valid', coming: 'Planned', past: 'Former' },
  since: (when) => `Since ${when}`,
  papers: (count) => (count === 0 ? 'On no receipt' : count === 1 ? 'On 1 receipt or note' : `On ${count} receipts and notes`),
  by: (name) => `Written by ${name}`,
}
