import type { UnpaidText } from './unpaid.es.ts'

export const unpaidEn: UnpaidText = {
  one: (name: string) => `The subscription of “${name}” has ended: it receives messages but sends none.`,
  none: (name: string) => `The number “${name}” has no subscription: it receives messages but sends none.`,
  paused: (name: string) => `The subscription of “${name}” is paused: it receives messages but sends none.`,
  grace: (name: string, until: string) => `The payment for “${name}” failed. It goes on sending until ${until}.`,
  many: (count: number) => `${count} numbers need your attention: their subscriptions have ended or are about to.`,
  pay: 'Pay',
  topUp: 'Top up the balance',
  see: 'See subscriptions',
  ask: (names: readonly string[]) => (names.length > 0 ? `Ask ${names.join(' or ')}.` : 'Ask whoever manages the account.'),
}
