/** The words of looking after quick replies, in Portuguese. */
import type { QuickText } from './quick.es.ts'

const n = (count: number, one: string, many: string) => (count === 0 ? '' : `${count} ${count === 1 ? one : many}`)

export const quickPt: QuickText = {
  add: 'Adicionar',
  addTitle: 'Nova resposta rápida',
  editTitle: 'Resposta rápida',
  loadFailed: 'Não foi possível ler as respostas',
  emptyHelp: 'Adicione a primeira: saudação, saldo, formas de pagamento.',
  name: 'Nome',
  shortcut: 'Atalho',
  shortcutHint: 'O que se digita depois de /. Uma só palavra.',
  folder: 'Pasta (opcional)',
  text: 'Texto',
  variables: 'Inserir um dado',
  preview: 'Assim será lido',
  previewHelp: 'Com dados de exemplo. Os verdadeiros entram ao usá-la; se faltar um, não se envia.',
  file: 'Arquivo (opcional)',
  addFile: 'Escolher um arquivo',
  removeFile: 'Remover o arquivo',
  forWhom: 'Para quem',
  forWhomHelp: 'Sem marcar nada, todos a usam em todos os números.',
  roles: 'Papéis',
  departments: 'Departamentos',
  channels: 'Números',
  save: 'Salvar',
  saved: 'Resposta salva.',
  archive: 'Arquivar',
  restore: 'Restaurar',
  archived: 'Arquivadas',
  scope: (roles: number, departments: number, channels: number) => {
    const parts = [n(roles, 'papel', 'papéis'), n(departments, 'departamento', 'departamentos'), n(channels, 'número', 'números')]
    const named = parts.filter((part) => part !== '')
    return named.length > 0 ? `Para ${named.join(', ')}` : 'Para todos'
  },
  variable: {
    agente: 'Agente',
    cliente: 'Cliente',
    numero: 'Número do cliente',
    empresa: 'Empresa',
    canal: 'Canal',
    titular: 'Titular',
    saldo: 'Saldo',
    mora: 'Dias de atraso',
  },
  /** What the preview puts in the place of values that only a chat has. */
  samples: {
    cliente: 'Rosa Huamán',
    numero: '+593 98 765 4321',
    canal: 'Loja',
    titular: 'Rosa Huamán Quispe',
    saldo: 'S/ 120,50',
    mora: '12',
  },
}
