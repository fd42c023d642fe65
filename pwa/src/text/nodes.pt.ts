import type { NodesText } from './nodes.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const nodesPt: NodesText = {
  title: 'Computadores que atendem os números',
  help: 'Os números não oficiais precisam de um programa sempre ligado. Por padrão ele roda em nossos servidores; também pode ser um computador seu, com a internet do seu escritório.',
  open: 'Computadores próprios',
  ours: 'Nossos servidores',
  oursHere: (count) => `On-line · ${n(count, 'número seu', 'números seus')}`,
  oursAway: (count) => `Sem conexão · ${n(count, 'número seu', 'números seus')}`,
  none: 'Ainda não há computadores seus.',
  failed: 'Não foi possível ler a lista de computadores.',
  add: 'Adicionar um computador',
  name: 'Nome do computador',
  nameHint: 'Por exemplo: PC do escritório',
  make: 'Criar o acesso',
  tokenTitle: (name) => `Ligar ${name}`,
  tokenHelp: 'Este acesso é mostrado uma única vez. Quem o tiver pode atender os números que você puser em seus computadores.',
  token: 'Acesso do computador',
  copy: 'Copiar',
  commandHelp: 'Na pasta do programa, com Node 24 instalado, execute:',
  linux: 'Linux ou Mac',
  windows: 'Windows (PowerShell)',
  container: 'Contêiner (liga junto com a máquina)',
  done: 'Pronto',
  states: { new: 'Ainda não ligado', here: 'On-line', leaving: 'Desligando', away: 'Sem conexão', revoked: 'Sem acesso' },
  seen: (when) => `Visto ${when}`,
  running: (running, capacity) => `${n(running, 'sessão', 'sessões')} de ${capacity}`,
  numbers: (count) => `Deve atender ${n(count, 'número', 'números')}`,
  memory: (mb) => `${mb} MB`,
  version: (version) => `versão ${version}`,
  revoke: 'Retirar o acesso',
  revokeOf: (name) => `Retirar o acesso: ${name}`,
  revokeSure: (name) => `Retirar o acesso de ${name}?`,
  revokeHelp:
    'Deixa de atender na hora. Seus números passam a outro computador seu; se não houver outro ligado, ficam sem conexão até você escolher quem os atende.',
  place: 'Quem atende este número',
  placeHelp:
    'Se esse computador desligar, outro dos seus o assume em menos de 40 segundos; nunca passa de um dono a outro sozinho.',
  placeGone: 'Outro de seus computadores',
}
