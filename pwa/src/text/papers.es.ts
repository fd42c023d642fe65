/** Las palabras de los recibos y de quiénes salen en ellos. */
export const papersEs = {
  kinds: { receipt: 'Recibo', credit_note: 'Nota de crédito' },
  gatewayReceipt: 'Recibo de la pasarela',
  gatewayInvoice: 'Factura de la pasarela',

  name: 'Nombre o razón social',
  taxNumber: 'Número tributario',
  taxNumberHelp: 'RUC, cédula, NIT, CNPJ…',
  address: 'Dirección',
  email: 'Correo',
  optional: 'Opcional',
  latin: 'Escríbalo con letras latinas: los recibos no llevan otras',
  save: 'Guardar',

  fiscal: 'Datos de los recibos',
  fiscalNone: (company: string) =>
    `Los recibos salen a nombre de «${company}», sin número tributario. Complételos antes de pagar: un recibo hecho ya no cambia.`,
  fiscalHelp: 'Cada pago lleva un recibo a este nombre. Los que ya se hicieron no cambian.',
  fill: 'Completar',
  change: 'Cambiar',
  fiscalSaved: 'Datos guardados: valen desde el próximo pago',
  loadFailed: 'No se pudieron leer los datos de los recibos',

  seller: 'Quién vende',
  sellerHelp:
    'Estos datos llevan los recibos y las notas de crédito. Con otro número tributario, la numeración empieza otra vez.',
  sellerNone: 'Todavía nadie vende',
  sellerNoneHelp: 'Sin estos datos no se hacen recibos. Los pagos se acreditan igual, y su recibo se hace cuando los complete.',
  sellerWaiting: (count: number) => (count === 1 ? '1 pago espera su recibo' : `${count} pagos esperan su recibo`),
  sellerSet: 'Nombrar a quien vende',
  sellerChange: 'Cambiar desde un día',
  sellerFrom: 'Vale desde',
  sellerFromHelp: 'Vacío: desde ahora. Lo que ya valió no cambia; para corregir algo futuro, escriba otra vez el mismo día.',
  sellerSaved: 'Guardado',
  states: { now: 'Vigente', coming: 'Programado', past: 'Anterior' },
  since: (when: string) => `Desde el ${when}`,
  papers: (count: number) =>
    count === 0 ? 'En ningún recibo' : count === 1 ? 'En 1 recibo o nota' : `En ${count} recibos y notas`,
  by: (name: string) => `Lo escribió ${name}`,
}

export type PapersText = typeof papersEs
