/** What stands on papers, in the languages of the app. */
import type { Language } from '#contract/ids.ts'

type PaperWords = {
  kinds: { receipt: string; credit_note: string }
  date: string
  from: string
  to: string
  taxNumber: string
  concept: string
  amount: string
  totals: { receipt: string; credit_note: string }
  /** By what moved the money. */
  reasons: Record<string, string>
  subscription: (plan: string) => string
  every: { month: string; year: string }
  number: (name: string) => string
  paidUntil: (day: string) => string
  corrects: (number: string) => string
  method: string
  reference: string
  note: string
}

const es: PaperWords = {
  kinds: { receipt: 'Recibo', credit_note: 'Nota de crédito' },
  date: 'Fecha',
  from: 'Emite',
  to: 'A nombre de',
  taxNumber: 'N.º tributario',
  concept: 'Concepto',
  amount: 'Monto',
  totals: { receipt: 'Total pagado', credit_note: 'Total devuelto' },
  reasons: {
    topup: 'Recarga de saldo',
    refund: 'Devolución',
    dispute: 'Pago disputado por su titular',
    reinstated: 'Dinero que volvió: la devolución o la disputa no siguió adelante',
    allocated: 'Pago identificado',
    unallocated: 'Pago que no correspondía a nada vigente: decidimos con usted qué se hace',
  },
  subscription: (plan) => `Suscripción: ${plan}`,
  every: { month: 'Período mensual', year: 'Período anual' },
  number: (name) => `Número: ${name}`,
  paidUntil: (day) => `Pagado hasta el ${day}`,
  corrects: (number) => `Corrige el recibo ${number}`,
  method: 'Medio de pago',
  reference: 'Referencia',
  note: 'Comprobante de pago. No reemplaza la factura electrónica donde la ley la exige.',
}

const en: PaperWords = {
  kinds: { receipt: 'Receipt', credit_note: 'Credit note' },
  date: 'Date',
  from: 'From',
  to: 'Made out to',
  taxNumber: 'Tax number',
  concept: 'Description',
  amount: 'Amount',
  totals: { receipt: 'Total paid', credit_note: 'Total given back' },
  reasons: {
    topup: 'Balance top-up',
    refund: 'Refund',
    dispute: 'Payment disputed by its owner',
    reinstated: 'Money that came back: the refund or dispute went no further',
    allocated: 'Identified payment',
    unallocated: 'Payment for nothing that was valid: we decide with you what becomes of it',
  },
  subscription: (plan) => `Subscription: ${plan}`,
  every: { month: 'Monthly period', year: 'Yearly period' },
  number: (name) => `Number: ${name}`,
  paidUntil: (day) => `Paid until ${day}`,
  corrects: (number) => `Corrects receipt ${number}`,
  method: 'Means of payment',
  reference: 'Reference',
  note: 'Proof of payment. It does not replace the electronic invoice where the law asks for one.',
}

const pt: PaperWords = {
  kinds: { receipt: 'Recibo', credit_note: 'Nota de crédito' },
  date: 'Data',
  from: 'Emitido por',
  to: 'Em nome de',
  taxNumber: 'N.º fiscal',
  concept: 'Descrição',
  amount: 'Valor',
  totals: { receipt: 'Total pago', credit_note: 'Total devolvido' },
  reasons: {
    topup: 'Recarga de saldo',
    refund: 'Devolução',
    dispute: 'Pagamento contestado pelo titular',
    reinstated: 'Dinheiro que voltou: a devolução ou a disputa não seguiu adiante',
    allocated: 'Pagamento identificado',
    unallocated: 'Pagamento que não correspondia a nada vigente: decidimos com você o que se faz',
  },
  subscription: (plan) => `Assinatura: ${plan}`,
  every: { month: 'Período mensal', year: 'Período anual' },
  number: (name) => `Número: ${name}`,
  paidUntil: (day) => `Pago até ${day}`,
  corrects: (number) => `Corrige o recibo ${number}`,
  method: 'Meio de pagamento',
  reference: 'Referência',
  note: 'Comprovante de pagamento. Não substitui a nota fiscal eletrônica onde a lei a exige.',
}

export const PAPER_WORDS: Record<Language, PaperWords> = { es, en, pt }
