import type { UptimeText } from './uptime.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const uptimePt: UptimeText = {
  title: 'Tempo conectado',
  ranges: { day: '24 horas', week: '7 dias', month: '30 dias' },
  share: (percent) => `${percent} % conectado`,
  none: 'Ainda não há histórico neste período.',
  failed: 'Não foi possível ler o histórico da conexão.',
  states: {
    up: 'Conectado',
    reconnecting: 'Reconectando',
    away: 'Sem conexão',
    logged_out: 'Sessão encerrada',
    blocked: 'Bloqueado',
    paused: 'Em pausa',
    off: 'Não vinculado',
    unknown: 'Sem dados',
  },
  stateFor: (state, time) => `${state}: ${time}`,
  strip: (range, what) => `Histórico de ${range}. ${what}`,
  ago: { day: 'há 24 h', week: 'há 7 dias', month: 'há 30 dias' },
  now: 'agora',
  outages: (count) => n(count, 'queda', 'quedas'),
  noOutages: 'Nenhuma queda.',
  blinks: (count) => `${n(count, 'reconexão breve', 'reconexões breves')}, de menos de um minuto.`,
  until: (from, to) => `${from} – ${to}`,
  goesOn: (from) => `Desde ${from}, continua`,
  more: (count) => `E ${n(count, 'queda anterior', 'quedas anteriores')} neste período.`,
  beat: (when) => `Último sinal de vida: ${when}`,
  asked: (when) => `Última verificação: ${when}`,
}
