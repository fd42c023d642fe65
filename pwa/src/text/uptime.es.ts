/** The words of how steadily a number was connected, in Spanish. */
const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const uptimeEs = {
  title: 'Tiempo conectado',
  ranges: { day: '24 horas', week: '7 días', month: '30 días' },
  share: (percent: string) => `${percent} % conectado`,
  none: 'Todavía no hay historia en este período.',
  failed: 'No se pudo leer la historia de la conexión.',
  states: {
    up: 'Conectado',
    reconnecting: 'Reconectando',
    away: 'Sin conexión',
    logged_out: 'Sesión cerrada',
    blocked: 'Bloqueado',
    paused: 'En pausa',
    off: 'Sin vincular',
    unknown: 'Sin datos',
  },
  stateFor: (state: string, time: string) => `${state}: ${time}`,
  strip: (range: string, what: string) => `Historia de ${range}. ${what}`,
  ago: { day: 'hace 24 h', week: 'hace 7 días', month: 'hace 30 días' },
  now: 'ahora',
  outages: (count: number) => n(count, 'corte', 'cortes'),
  noOutages: 'Ningún corte.',
  blinks: (count: number) => `${n(count, 'reconexión breve', 'reconexiones breves')}, de menos de un minuto.`,
  until: (from: string, to: string) => `${from} – ${to}`,
  goesOn: (from: string) => `Desde ${from}, sigue`,
  more: (count: number) => `Y ${n(count, 'corte anterior', 'cortes anteriores')} en este período.`,
  beat: (when: string) => `Última señal de vida: ${when}`,
  asked: (when: string) => `Última revisión: ${when}`,
}
export type UptimeText = typeof uptimeEs
