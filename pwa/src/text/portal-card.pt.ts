import type { PortalCardText } from './portal-card.es.ts'

export const portalCardPt: PortalCardText = {
  title: 'Conversas com este cliente',
  reading: 'Procurando os números deste cliente…',
  failed: 'Não foi possível ler esta ficha.',
  choose: 'Conversas com este cliente',
  noChats: 'Ainda não há conversas com este cliente que você possa ver.',
  noNumbers: 'Esta ficha não tem telefone',
  noNumbersHelp: 'Escreva o número para começar, ou adicione-o à ficha.',
  writeFirst: 'Escrever primeiro',
  mayNot: 'Sua função não permite começar conversas. Peça ao seu supervisor.',
  number: 'Número do cliente',
  other: 'Outro número…',
  typed: 'Telefone',
  from: 'Escrever de',
  noChannels: 'Nenhum número da sua empresa está ao seu alcance. Peça ao seu administrador.',
  template: 'Este número da empresa começa as conversas com um modelo: você o escolhe no próximo passo.',
  answered: 'Nada por responder',
  all: 'Outras conversas e números',
}
