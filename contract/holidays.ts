/**
 * Public holidays of the countries that our customers work in, worked out for any year: national ones only, each on the
 * day on which people rest. Named as they are called there. What a company does otherwise is an exception of its hours.
 */
export const COUNTRIES = ['EC', 'PE', 'CO', 'CL', 'MX', 'AR', 'BR', 'US'] as const
export type Country = (typeof COUNTRIES)[number]

export type Holiday = { date: string; name: string }

const DAY_MS = 86_400_000
const [MON, TUE, WED, THU, FRI, SAT, SUN] = [0, 1, 2, 3, 4, 5, 6] as const

/** A date that the calendar has, as `2026-11-21`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayAfter(text, 0) === text
}

export function dayAfter(date: string, days: number): string {
  const at = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(at) ? '' : new Date(at + days * DAY_MS).toISOString().slice(0, 10)
}

/** 0 is Monday. */
export function weekDayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

const on = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
function easterOf(year: number): string {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return on(year, Math.floor(n / 31), (n % 31) + 1)
}

/** The nth Monday (0), Tuesday … of a month; -1 is the last one. */
function nth(year: number, month: number, weekDay: number, n: number): string {
  if (n < 0) {
    const last = on(year, month + 1, 0)
    return dayAfter(last, -((weekDayOf(last) - weekDay + 7) % 7))
  }
  const first = on(year, month, 1)
  return dayAfter(first, ((weekDay - weekDayOf(first) + 7) % 7) + 7 * (n - 1))
}

/** Moved by so many days when it falls on these week days. */
const moved = (date: string, by: Partial<Record<number, number>>): string => dayAfter(date, by[weekDayOf(date)] ?? 0)
const nextMonday = (date: string): string => dayAfter(date, (7 - weekDayOf(date)) % 7)

/** Ecuador, LOSEP: Tuesday to Monday, Wednesday and Thursday to Friday, Saturday to Friday, Sunday to Monday. */
const ecuador = (date: string): string => moved(date, { [TUE]: -1, [WED]: 2, [THU]: 1, [SAT]: -1, [SUN]: 1 })
/** The two days of November stand side by side, and rest is moved for both: by the week day of the 2nd. */
const ecuadorNovember: Partial<Record<number, [number, number]>> = {
  [TUE]: [-1, -1],
  [WED]: [1, 1],
  [FRI]: [-1, -1],
  [SAT]: [-1, 1],
  [SUN]: [1, 1],
}
const argentina = (date: string): string => moved(date, { [TUE]: -1, [WED]: -2, [THU]: 4, [FRI]: 3 })
const chile = (date: string): string => moved(date, { [TUE]: -1, [WED]: -2, [THU]: -3, [FRI]: 3 })
const observed = (date: string): string => moved(date, { [SAT]: -1, [SUN]: 1 })

type Rule = (year: number, easter: string) => [name: string, date: string][]

const only = (holds: boolean, name: string, date: string): [string, string][] => (holds ? [[name, date]] : [])

const RULES: Record<Country, Rule> = {
  EC: (year, easter) => {
    const [second, third] = ecuadorNovember[weekDayOf(on(year, 11, 2))] ?? [0, 0]
    return [
      ['Año Nuevo', on(year, 1, 1)],
      ['Lunes de Carnaval', dayAfter(easter, -48)],
      ['Martes de Carnaval', dayAfter(easter, -47)],
      ['Viernes Santo', dayAfter(easter, -2)],
      ['Día del Trabajo', ecuador(on(year, 5, 1))],
      ['Batalla de Pichincha', ecuador(on(year, 5, 24))],
      ['Primer Grito de Independencia', ecuador(on(year, 8, 10))],
      ['Independencia de Guayaquil', ecuador(on(year, 10, 9))],
      ['Día de los Difuntos', dayAfter(on(year, 11, 2), second)],
      ['Independencia de Cuenca', dayAfter(on(year, 11, 3), third)],
      ['Navidad', on(year, 12, 25)],
    ]
  },
  PE: (year, easter) => [
    ['Año Nuevo', on(year, 1, 1)],
    ['Jueves Santo', dayAfter(easter, -3)],
    ['Viernes Santo', dayAfter(easter, -2)],
    ['Día del Trabajo', on(year, 5, 1)],
    ['Batalla de Arica y Día de la Bandera', on(year, 6, 7)],
    ['San Pedro y San Pablo', on(year, 6, 29)],
    ['Día de la Fuerza Aérea', on(year, 7, 23)],
    ['Fiestas Patrias', on(year, 7, 28)],
    ['Fiestas Patrias, segundo día', on(year, 7, 29)],
    ['Batalla de Junín', on(year, 8, 6)],
    ['Santa Rosa de Lima', on(year, 8, 30)],
    ['Combate de Angamos', on(year, 10, 8)],
    ['Todos los Santos', on(year, 11, 1)],
    ['Inmaculada Concepción', on(year, 12, 8)],
    ['Batalla de Ayacucho', on(year, 12, 9)],
    ['Navidad', on(year, 12, 25)],
  ],
  CO: (year, easter) => [
    ['Año Nuevo', on(year, 1, 1)],
    ['Reyes Magos', nextMonday(on(year, 1, 6))],
    ['San José', nextMonday(on(year, 3, 19))],
    ['Jueves Santo', dayAfter(easter, -3)],
    ['Viernes Santo', dayAfter(easter, -2)],
    ['Día del Trabajo', on(year, 5, 1)],
    ['Ascensión del Señor', dayAfter(easter, 43)],
    ['Corpus Christi', dayAfter(easter, 64)],
    ['Sagrado Corazón', dayAfter(easter, 71)],
    ['San Pedro y San Pablo', nextMonday(on(year, 6, 29))],
    ['Independencia', on(year, 7, 20)],
    ['Batalla de Boyacá', on(year, 8, 7)],
    ['Asunción de la Virgen', nextMonday(on(year, 8, 15))],
    ['Día de la Raza', nextMonday(on(year, 10, 12))],
    ['Todos los Santos', nextMonday(on(year, 11, 1))],
    ['Independencia de Cartagena', nextMonday(on(year, 11, 11))],
    ['Inmaculada Concepción', on(year, 12, 8)],
    ['Navidad', on(year, 12, 25)],
  ],
  CL: (year, easter) => [
    ['Año Nuevo', on(year, 1, 1)],
    ...only(weekDayOf(on(year, 1, 1)) === SUN, 'Año Nuevo, feriado adicional', on(year, 1, 2)),
    ['Viernes Santo', dayAfter(easter, -2)],
    ['Sábado Santo', dayAfter(easter, -1)],
    ['Día del Trabajo', on(year, 5, 1)],
    ['Glorias Navales', on(year, 5, 21)],
    ['Pueblos Indígenas', on(year, 6, solsticeDay(year))],
    ['San Pedro y San Pablo', chile(on(year, 6, 29))],
    ['Virgen del Carmen', on(year, 7, 16)],
    ['Asunción de la Virgen', on(year, 8, 15)],
    // A day more when the two leave one between them and the weekend: laws 20.215 and 20.983.
    ...only(weekDayOf(on(year, 9, 18)) === TUE, 'Fiestas Patrias, feriado adicional', on(year, 9, 17)),
    ...only(weekDayOf(on(year, 9, 18)) === SAT, 'Fiestas Patrias, feriado adicional', on(year, 9, 17)),
    ['Independencia Nacional', on(year, 9, 18)],
    ['Glorias del Ejército', on(year, 9, 19)],
    ...only(weekDayOf(on(year, 9, 19)) === THU, 'Fiestas Patrias, feriado adicional', on(year, 9, 20)),
    ['Encuentro de Dos Mundos', chile(on(year, 10, 12))],
    ['Iglesias Evangélicas', moved(on(year, 10, 31), { [TUE]: -4, [WED]: 2 })],
    ['Todos los Santos', on(year, 11, 1)],
    ['Inmaculada Concepción', on(year, 12, 8)],
    ['Navidad', on(year, 12, 25)],
  ],
  MX: (year) => [
    ['Año Nuevo', on(year, 1, 1)],
    ['Día de la Constitución', nth(year, 2, MON, 1)],
    ['Natalicio de Benito Juárez', nth(year, 3, MON, 3)],
    ['Día del Trabajo', on(year, 5, 1)],
    ['Independencia', on(year, 9, 16)],
    ...only((year - 2024) % 6 === 0, 'Transmisión del Poder Ejecutivo', on(year, 10, 1)),
    ['Revolución Mexicana', nth(year, 11, MON, 3)],
    ['Navidad', on(year, 12, 25)],
  ],
  AR: (year, easter) => [
    ['Año Nuevo', on(year, 1, 1)],
    ['Lunes de Carnaval', dayAfter(easter, -48)],
    ['Martes de Carnaval', dayAfter(easter, -47)],
    ['Memoria por la Verdad y la Justicia', on(year, 3, 24)],
    ['Malvinas', on(year, 4, 2)],
    ['Viernes Santo', dayAfter(easter, -2)],
    ['Día del Trabajador', on(year, 5, 1)],
    ['Revolución de Mayo', on(year, 5, 25)],
    ['Paso a la Inmortalidad de Güemes', argentina(on(year, 6, 17))],
    ['Día de la Bandera', on(year, 6, 20)],
    ['Independencia', on(year, 7, 9)],
    ['Paso a la Inmortalidad de San Martín', argentina(on(year, 8, 17))],
    ['Diversidad Cultural', argentina(on(year, 10, 12))],
    ['Soberanía Nacional', argentina(on(year, 11, 20))],
    ['Inmaculada Concepción', on(year, 12, 8)],
    ['Navidad', on(year, 12, 25)],
  ],
  BR: (year, easter) => [
    ['Confraternização Universal', on(year, 1, 1)],
    ['Segunda-feira de Carnaval', dayAfter(easter, -48)],
    ['Terça-feira de Carnaval', dayAfter(easter, -47)],
    ['Sexta-feira Santa', dayAfter(easter, -2)],
    ['Tiradentes', on(year, 4, 21)],
    ['Dia do Trabalho', on(year, 5, 1)],
    ['Corpus Christi', dayAfter(easter, 60)],
    ['Independência', on(year, 9, 7)],
    ['Nossa Senhora Aparecida', on(year, 10, 12)],
    ['Finados', on(year, 11, 2)],
    ['Proclamação da República', on(year, 11, 15)],
    ['Consciência Negra', on(year, 11, 20)],
    ['Natal', on(year, 12, 25)],
  ],
  US: (year) => [
    ['New Year’s Day', observed(on(year, 1, 1))],
    ['Martin Luther King Jr. Day', nth(year, 1, MON, 3)],
    ['Washington’s Birthday', nth(year, 2, MON, 3)],
    ['Memorial Day', nth(year, 5, MON, -1)],
    ['Juneteenth', observed(on(year, 6, 19))],
    ['Independence Day', observed(on(year, 7, 4))],
    ['Labor Day', nth(year, 9, MON, 1)],
    ['Columbus Day', nth(year, 10, MON, 2)],
    ['Veterans Day', observed(on(year, 11, 11))],
    ['Thanksgiving Day', nth(year, 11, THU, 4)],
    ['Christmas Day', observed(on(year, 12, 25))],
  ],
}

/** The day of June's solstice in Chile's winter time: it drifts a quarter of a day a year, and leap years take it back. */
function solsticeDay(year: number): number {
  const inUtc = 21.075 + 0.2422 * (year - 2000) - Math.floor((year - 2000) / 4)
  return Math.floor(inUtc - 4 / 24)
}

const known = new Map<string, readonly Holiday[]>()

/** The holidays of a year, in their order. */
export function holidaysOf(country: Country, year: number): readonly Holiday[] {
  const key = `${country}${year}`
  const found = known.get(key)
  if (found) return found
  // A New Year's Day that falls on a Saturday may be rested on in the year before it.
  const list = [year, year + 1]
    .flatMap((each) => RULES[country](each, easterOf(each)))
    .map(([name, date]) => ({ name, date }))
    .filter(({ date }) => date.startsWith(`${year}-`))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1))
  known.set(key, list)
  return list
}
