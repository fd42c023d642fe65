/** The words of what a message costs. `price`, then the day from which its rate holds. */
const es = {
  cost: 'Costo',
  categories: {
    marketing: 'plantilla de marketing',
    utility: 'plantilla de utilidad',
    authentication: 'plantilla de autenticación',
    authentication_international: 'plantilla de autenticación internacional',
    service: 'mensaje sin plantilla',
  },
  to: (place: string) => ` (${place})`,
  billedAs: (what: string) => `, que el proveedor cobró como ${what}`,
  held: (price: string, day: string) => `${price}, según la tarifa del ${day}; aún sin confirmar por el proveedor`,
  captured: (price: string, day: string) => `${price}, según la tarifa del ${day}`,
  late: (price: string, day: string) => `${price}, según la tarifa del ${day}; el proveedor lo informó tarde`,
  included: () => 'incluido en el plan del número',
  free: () => 'sin costo, porque el proveedor no lo cobra',
  released: () => 'sin costo, porque no salió o el proveedor no lo confirmó',
}
type CostWords = typeof es

const en: CostWords = {
  cost: 'Cost',
  categories: {
    marketing: 'marketing template',
    utility: 'utility template',
    authentication: 'authentication template',
    authentication_international: 'international authentication template',
    service: 'message without a template',
  },
  to: (place) => ` (${place})`,
  billedAs: (what) => `, billed by the provider as ${what}`,
  held: (price, day) => `${price}, by the rate of ${day}; not yet confirmed by the provider`,
  captured: (price, day) => `${price}, by the rate of ${day}`,
  late: (price, day) => `${price}, by the rate of ${day}; the provider told it late`,
  included: () => "included in the number's plan",
  free: () => 'nothing, as the provider does not bill it',
  released: () => 'nothing, as it did not go out or the provider did not confirm it',
}

const pt: CostWords = {
  cost: 'Custo',
  categories: {
    marketing: 'modelo de marketing',
    utility: 'modelo de utilidade',
    authentication: 'modelo de autenticação',
    authentication_international: 'modelo de autenticação internacional',
    service: 'mensagem sem modelo',
  },
  to: (place) => ` (${place})`,
  billedAs: (what) => `, que o provedor cobrou como ${what}`,
  held: (price, day) => `${price}, pela tarifa de ${day}; ainda sem confirmação do provedor`,
  captured: (price, day) => `${price}, pela tarifa de ${day}`,
  late: (price, day) => `${price}, pela tarifa de ${day}; o provedor informou tarde`,
  included: () => 'incluída no plano do número',
  free: () => 'sem custo, porque o provedor não a cobra',
  released: () => 'sem custo, porque não saiu ou o provedor não a confirmou',
}

export const COST_WORDS = { es, en, pt }
