import type { UnpaidText } from './unpaid.es.ts'

export const unpaidPt: UnpaidText = {
  one: (name: string) => `A assinatura do número “${name}” venceu: ele recebe mensagens, mas não envia.`,
  none: (name: string) => `O número “${name}” não tem assinatura: ele recebe mensagens, mas não envia.`,
  paused: (name: string) => `A assinatura do número “${name}” está em pausa: ele recebe mensagens, mas não envia.`,
  grace: (name: string, until: string) => `O pagamento do número “${name}” falhou. Ele continua enviando até ${until}.`,
  many: (count: number) => `${count} números precisam da sua atenção: as assinaturas venceram ou estão para vencer.`,
  pay: 'Pagar',
  topUp: 'Recarregar o saldo',
  see: 'Ver assinaturas',
  ask: (names: readonly string[]) => (names.length > 0 ? `Peça a ${names.join(' ou ')}.` : 'Peça a quem administra a conta.'),
}
