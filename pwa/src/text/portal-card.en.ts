import type { PortalCardText } from './portal-card.es.ts'

export const portalCardEn: PortalCardText = {
  title: 'Chats with this client',
  reading: 'Looking for this client’s numbers…',
  failed: 'This card could not be read.',
  choose: 'Chats with this client',
  noChats: 'There are no chats with this client yet that you may see.',
  noNumbers: 'This card has no phone',
  noNumbersHelp: 'Type the number to begin, or add it to the card.',
  writeFirst: 'Write first',
  mayNot: 'Your role does not allow beginning chats. Ask your supervisor.',
  number: 'Client’s number',
  other: 'Another number…',
  typed: 'Phone',
  from: 'Write from',
  noChannels: 'None of your company’s numbers is within your reach. Ask your administrator.',
  template: 'This number of the company begins chats with a template: you choose it in the next step.',
  answered: 'Nothing to answer',
  all: 'Other chats and numbers',
}
