/** What an alert says as a mail, in the language that its company has chosen. What the app says of the same stands in pwa/src/text. */
import type { AlertKind } from '#contract/alerts.ts'
import type { Language } from '#contract/ids.ts'

/** Sums and days as people write them there; empty where this alert has none. */
export type Shown = Record<
  | ('company' | 'available' | 'level' | 'asked' | 'ceiling' | 'spent')
  | ('number' | 'plan' | 'price' | 'paidUntil' | 'graceUntil' | 'reason'),
  string
>
type Mail = { subject: string; text: string }
export type AlertWords = {
  mails: Record<AlertKind, (shown: Shown) => Mail>
  reasons: Record<'authentication_required' | 'disputed' | 'insufficient_funds' | 'expired_card' | 'other', string>
}

const es: AlertWords = {
  mails: {
    'balance.low': ({ company, available, level }) => ({
      subject: `Queda poco saldo: ${available}`,
      text: `El saldo de ${company} es de ${available}, menos de ${level}, que es el monto de su primer aviso. Recargue para que los mensajes sigan saliendo.`,
    }),
    'balance.very_low': ({ company, available, level }) => ({
      subject: `Queda muy poco saldo: ${available}`,
      text: `El saldo de ${company} es de ${available}, menos de ${level}, que es el monto de su segundo aviso. Recargue ahora: cuando se agote, los mensajes que se cobran dejarán de salir.`,
    }),
    'balance.empty': ({ company }) => ({
      subject: 'El saldo se agotó',
      text: `${company} no tiene saldo: los mensajes que se cobran no salen. Los que llegan se siguen recibiendo. Recargue para volver a enviar.`,
    }),
    'topup.failed': ({ asked, available, reason }) => ({
      subject: `No se pudo cobrar la recarga automática de ${asked}`,
      text: `No se pudo cobrar la recarga automática de ${asked}: ${reason}. Se intentará otra vez. Disponible ahora: ${available}.`,
    }),
    'topup.stopped': ({ available, reason }) => ({
      subject: 'La recarga automática se detuvo',
      text: `La recarga automática se detuvo: ${reason}. No se cobrará nada más por sí solo hasta que alguien pague o la reanude. Disponible ahora: ${available}.`,
    }),
    'topup.ceiling': ({ available, ceiling, spent }) => ({
      subject: `La recarga automática llegó al tope del mes: ${ceiling}`,
      text: `Este mes se recargaron ${spent} de un tope de ${ceiling}: no se cobra más hasta el próximo. Suba el tope o recargue a mano. Disponible ahora: ${available}.`,
    }),
    'subscription.trial_ends': ({ number, plan, price, paidUntil }) => ({
      subject: `La prueba de ${number} termina el ${paidUntil}`,
      text: `La prueba del plan ${plan} para el número ${number} termina el ${paidUntil}. Desde entonces se cobran ${price} por periodo. Si no desea seguir, cancélela antes.`,
    }),
    'subscription.payment_failed': ({ number, plan, price, graceUntil }) => ({
      subject: `No se pudo cobrar la suscripción de ${number}`,
      text: `El pago de ${price} del plan ${plan} para el número ${number} no se pudo cobrar. Puede enviar hasta el ${graceUntil}; páguelo antes para que no se detenga.`,
    }),
    'subscription.stopped': ({ number, plan }) => ({
      subject: `${number} dejó de enviar`,
      text: `El número ${number} recibe mensajes, pero no envía: su suscripción (plan ${plan}) no está pagada. Páguela para volver a enviar.`,
    }),
    test: ({ company }) => ({
      subject: 'Aviso de prueba de WhatsappB24',
      text: `Los avisos de saldo y suscripciones de ${company} llegarán así. Este es solo una prueba: no hay que hacer nada.`,
    }),
  },
  reasons: {
    authentication_required: 'el banco pide que el titular confirme el cobro',
    disputed: 'se disputó un pago',
    insufficient_funds: 'la tarjeta no tiene fondos',
    expired_card: 'la tarjeta está vencida',
    other: 'el banco no aceptó el cobro',
  },
}

const en: AlertWords = {
  mails: {
    'balance.low': ({ company, available, level }) => ({
      subject: `The balance is low: ${available}`,
      text: `The balance of ${company} is ${available}, below ${level}, the level of your first warning. Top up so that messages keep going out.`,
    }),
    'balance.very_low': ({ company, available, level }) => ({
      subject: `The balance is very low: ${available}`,
      text: `The balance of ${company} is ${available}, below ${level}, the level of your second warning. Top up now: once it is empty, messages that are charged will stop going out.`,
    }),
    'balance.empty': ({ company }) => ({
      subject: 'The balance is empty',
      text: `${company} has no balance left: messages that are charged do not go out. Messages still come in. Top up to send again.`,
    }),
    'topup.failed': ({ asked, available, reason }) => ({
      subject: `The automatic top-up of ${asked} could not be charged`,
      text: `The automatic top-up of ${asked} could not be charged: ${reason}. It will be tried again. Available now: ${available}.`,
    }),
    'topup.stopped': ({ available, reason }) => ({
      subject: 'Automatic top-ups have stopped',
      text: `Automatic top-ups have stopped: ${reason}. Nothing more is charged by itself until somebody pays or resumes them. Available now: ${available}.`,
    }),
    'topup.ceiling': ({ available, ceiling, spent }) => ({
      subject: `Automatic top-ups have reached this month's ceiling: ${ceiling}`,
      text: `This month ${spent} of a ceiling of ${ceiling} were topped up: nothing more is charged until the next. Raise the ceiling or top up by hand. Available now: ${available}.`,
    }),
    'subscription.trial_ends': ({ number, plan, price, paidUntil }) => ({
      subject: `The trial of ${number} ends on ${paidUntil}`,
      text: `The trial of the plan ${plan} for the number ${number} ends on ${paidUntil}. From then on ${price} are charged each period. If you do not want to go on, cancel it before.`,
    }),
    'subscription.payment_failed': ({ number, plan, price, graceUntil }) => ({
      subject: `The subscription of ${number} could not be charged`,
      text: `The payment of ${price} for the plan ${plan} of the number ${number} could not be charged. It can send until ${graceUntil}; pay before then so that it does not stop.`,
    }),
    'subscription.stopped': ({ number, plan }) => ({
      subject: `${number} has stopped sending`,
      text: `The number ${number} receives messages but does not send: its subscription (plan ${plan}) is not paid. Pay it to send again.`,
    }),
    test: ({ company }) => ({
      subject: 'Test alert of WhatsappB24',
      text: `Alerts of the balance and subscriptions of ${company} will come like this one. This is only a test: there is nothing to do.`,
    }),
  },
  reasons: {
    authentication_required: 'the bank asks its owner to confirm the charge',
    disputed: 'a payment was disputed',
    insufficient_funds: 'the card has no funds',
    expired_card: 'the card has expired',
    other: 'the bank did not accept the charge',
  },
}

const pt: AlertWords = {
  mails: {
    'balance.low': ({ company, available, level }) => ({
      subject: `Resta pouco saldo: ${available}`,
      text: `O saldo de ${company} é de ${available}, menos de ${level}, que é o valor do seu primeiro aviso. Recarregue para que as mensagens continuem saindo.`,
    }),
    'balance.very_low': ({ company, available, level }) => ({
      subject: `Resta muito pouco saldo: ${available}`,
      text: `O saldo de ${company} é de ${available}, menos de ${level}, que é o valor do seu segundo aviso. Recarregue agora: quando acabar, as mensagens cobradas deixarão de sair.`,
    }),
    'balance.empty': ({ company }) => ({
      subject: 'O saldo acabou',
      text: `${company} não tem saldo: as mensagens cobradas não saem. As que chegam continuam sendo recebidas. Recarregue para voltar a enviar.`,
    }),
    'topup.failed': ({ asked, available, reason }) => ({
      subject: `Não foi possível cobrar a recarga automática de ${asked}`,
      text: `Não foi possível cobrar a recarga automática de ${asked}: ${reason}. Haverá outra tentativa. Disponível agora: ${available}.`,
    }),
    'topup.stopped': ({ available, reason }) => ({
      subject: 'A recarga automática parou',
      text: `A recarga automática parou: ${reason}. Nada mais será cobrado sozinho até que alguém pague ou a retome. Disponível agora: ${available}.`,
    }),
    'topup.ceiling': ({ available, ceiling, spent }) => ({
      subject: `A recarga automática chegou ao limite do mês: ${ceiling}`,
      text: `Neste mês foram recarregados ${spent} de um limite de ${ceiling}: nada mais é cobrado até o próximo. Aumente o limite ou recarregue manualmente. Disponível agora: ${available}.`,
    }),
    'subscription.trial_ends': ({ number, plan, price, paidUntil }) => ({
      subject: `O teste de ${number} termina em ${paidUntil}`,
      text: `O teste do plano ${plan} para o número ${number} termina em ${paidUntil}. A partir daí são cobrados ${price} por período. Se não quiser continuar, cancele antes.`,
    }),
    'subscription.payment_failed': ({ number, plan, price, graceUntil }) => ({
      subject: `Não foi possível cobrar a assinatura de ${number}`,
      text: `O pagamento de ${price} do plano ${plan} para o número ${number} não pôde ser cobrado. Ele pode enviar até ${graceUntil}; pague antes para que não pare.`,
    }),
    'subscription.stopped': ({ number, plan }) => ({
      subject: `${number} parou de enviar`,
      text: `O número ${number} recebe mensagens, mas não envia: sua assinatura (plano ${plan}) não está paga. Pague para voltar a enviar.`,
    }),
    test: ({ company }) => ({
      subject: 'Aviso de teste do WhatsappB24',
      text: `Os avisos de saldo e assinaturas de ${company} chegarão assim. Este é só um teste: não é preciso fazer nada.`,
    }),
  },
  reasons: {
    authentication_required: 'o banco pede que o titular confirme a cobrança',
    disputed: 'um pagamento foi contestado',
    insufficient_funds: 'o cartão não tem fundos',
    expired_card: 'o cartão está vencido',
    other: 'o banco não aceitou a cobrança',
  },
}

export const ALERT_WORDS: Record<Language, AlertWords> = { es, en, pt }
