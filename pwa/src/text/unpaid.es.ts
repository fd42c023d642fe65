/** What is said above every screen while a number does not send for want of a subscription. */
export const unpaidEs = {
  one: (name: string) => `La suscripción del número «${name}» venció: recibe mensajes, pero no envía.`,
  none: (name: string) => `El número «${name}» no tiene suscripción: recibe mensajes, pero no envía.`,
  paused: (name: string) => `La suscripción del número «${name}» está en pausa: recibe mensajes, pero no envía.`,
  grace: (name: string, until: string) => `El pago del número «${name}» falló. Sigue enviando hasta el ${until}.`,
  many: (count: number) => `${count} números necesitan su atención: sus suscripciones vencieron o están por vencer.`,
  pay: 'Pagar',
  topUp: 'Recargar el saldo',
  see: 'Ver suscripciones',
  ask: (names: readonly string[]) =>
    names.length > 0 ? `Pídalo a ${names.join(' o ')}.` : 'Pídalo a quien administra la cuenta.',
}

export type UnpaidText = typeof unpaidEs
