/** The words of labels, in Portuguese. */
import type { LabelsText } from './labels.es.ts'

const n = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

export const labelsPt: LabelsText = {
  add: 'Adicionar',
  addTitle: 'Nova etiqueta',
  editTitle: 'Alterar a etiqueta',
  name: 'Nome',
  description: 'Descrição',
  descriptionHint: 'Lê-se mantendo a etiqueta pressionada.',
  color: 'Cor',
  colors: {
    anil: 'Anil',
    cochinilla: 'Cochonilha',
    maiz: 'Milho',
    eucalipto: 'Eucalipto',
    mora: 'Amora',
    rio: 'Rio',
    teja: 'Telha',
    piedra: 'Pedra',
  },
  roles: 'Quem a vê',
  rolesHelp: 'Sem escolher, todos. Para os outros papéis ela não existe. O seu papel e o de administrador sempre a veem.',
  save: 'Salvar',
  saved: 'A etiqueta foi salva.',
  archive: 'Desativar',
  restore: 'Ativar de novo',
  archived: 'Inativas',
  archivedHelp: 'Continuam onde estão e já não são oferecidas.',
  used: (chats, messages) => `${n(chats, 'chat', 'chats')} · ${n(messages, 'mensagem', 'mensagens')}`,
  forAll: 'Para todos',
  forRoles: (count) => n(count, 'papel', 'papéis'),
  empty: 'Crie a primeira etiqueta',
  emptyHelp: 'Serve para marcar chats e mensagens, e para filtrar a lista.',
  loadFailed: 'Não foi possível ler as etiquetas',
  ofChat: 'Etiquetas do chat',
  ofMessage: 'Etiquetas da mensagem',
  none: 'Não há etiquetas',
  noneHelp: 'Quem administra a conta as cria, em Ajustes.',
  find: 'Buscar uma etiqueta',
  inactive: 'Inativa',
}
