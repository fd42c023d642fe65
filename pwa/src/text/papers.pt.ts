import type { PapersText } from './papers.es.ts'

/** As palavras dos recibos e de quem aparece neles. */
export const papersPt: PapersText = {
  kinds: { receipt: 'Recibo', credit_note: 'Nota de crédito' },
  gatewayReceipt: 'Recibo da plataforma',
  gatewayInvoice: 'Fatura da plataforma',

  name: 'Nome ou razão social',
  taxNumber: 'Número fiscal',
  taxNumberHelp: 'CNPJ, CPF, RUC, NIT…',
  address: 'Endereço',
  email: 'E-mail',
  optional: 'Opcional',
  latin: 'Escreva com letras latinas: os recibos não têm outras',
  save: 'Salvar',

  fiscal: 'Dados dos recibos',
  fiscalNone: (company) =>
    `Os recibos saem em nome de “${company}”, sem número fiscal. Preencha antes de pagar: um recibo feito não muda mais.`,
  fiscalHelp: 'Cada pagamento tem um recibo neste nome. Os que já foram feitos não mudam.',
  fill: 'Preencher',
  change: 'Alterar',
  fiscalSaved: 'Dados salvos: valem a partir do próximo pagamento',
  loadFailed: 'Não foi possível ler os dados dos recibos',

  seller: 'Quem vende',
  sellerHelp: 'Recibos e notas de crédito levam estes dados. Com outro número fiscal, a numeração recomeça.',
  sellerNone: 'Ainda ninguém vende',
  sellerNoneHelp:
    'Sem estes dados não se fazem recibos. Os pagamentos são creditados mesmo assim e recebem o seu quando preencher.',
  sellerWaiting: (count) => (count === 1 ? '1 pagamento espera seu recibo' : `${count} pagamentos esperam seus recibos`),
  sellerSet: 'Indicar quem vende',
  sellerChange: 'Alterar a partir de um dia',
  sellerFrom: 'Vale a partir de',
  sellerFromHelp: 'Vazio: desde já. O que já valeu não muda; para corrigir algo futuro, escreva de novo o mesmo dia.',
  sellerSaved: 'Salvo',
  states: { now: 'Vigente', coming: 'Programado', past: 'Anterior' },
  since: (when) => `Desde ${when}`,
  papers: (count) => (count === 0 ? 'Em nenhum recibo' : count === 1 ? 'Em 1 recibo ou nota' : `Em ${count} recibos e notas`),
  by: (name) => `Escrito por ${name}`,
}
