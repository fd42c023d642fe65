/** The words of what few messages are, and of sending places, people and stickers. Apart from the first load. */
import type { CardsText } from './cards.es.ts'

export const cardsPt: CardsText = {
  /** By the name that the message's kind has (session-node/src/readable.rules.ts). */
  strange: {
    poll: 'Enquete. Vota-se no telefone do número.',
    event: 'Evento. Responde-se no telefone do número.',
    event_canceled: 'Evento cancelado',
    group_invite: 'Convite para um grupo. Aceita-se no telefone do número.',
    channel_invite: 'Convite para um canal do WhatsApp',
    view_once: 'Foto, vídeo ou áudio de visualização única: só abre no telefone do número.',
    waiting_for_phone:
      'Esta mensagem ainda não pôde ser lida. Aparecerá aqui quando o telefone do cliente a enviar de novo; se demorar, peça que a repita.',
    product: 'Produto de um catálogo',
    payment: 'Pagamento do WhatsApp. Vê-se no telefone do número.',
    sticker_pack: 'Pacote de figurinhas',
    request_phone_number: 'O cliente pede o número de telefone.',
  },
  unknown:
    'Mensagem que este aplicativo não conhece. Abra-a no telefone do número, ou peça ao cliente que a envie de outra forma.',
  kind: (name: string) => `Tipo: ${name}`,
  live: 'Localização em tempo real: este é o ponto de partida. Acompanha-se no telefone do número.',
  typing: 'digitando…',
  recording: 'gravando áudio…',
  location: 'Localização',
  contact: 'Contato',
  sticker: 'Figurinha',
  send: 'Enviar',
  link: 'O nome ou o endereço tem um link, e este número não permite links.',
  notStored: 'Não foi possível guardar neste aparelho. Libere espaço e tente outra vez.',
  place: {
    title: 'Enviar uma localização',
    here: 'Usar onde estou agora',
    finding: 'Procurando…',
    hereFailed: 'Este aparelho não deu a localização. Cole-a abaixo.',
    where: 'Link do mapa ou coordenadas',
    whereHelp: 'Por exemplo -2.9001, -79.0059 ou um link do Google Maps',
    whereWrong: 'Não há coordenadas no que você colou. Abra no mapa e copie os dois números.',
    name: 'Nome do lugar (opcional)',
    address: 'Endereço (opcional)',
  },
  person: {
    title: 'Enviar um contato',
    find: 'Buscar nos contatos',
    name: 'Nome',
    nameMissing: 'Escreva o nome.',
    phone: 'Telefone',
    phoneWrong: 'Escreva o número completo, com código do país.',
    org: 'Empresa (opcional)',
    noPhone: 'Sem número à vista',
  },
  stickers: {
    title: 'Enviar uma figurinha',
    pick: 'Escolher uma imagem',
    help: 'É recortada no centro, em 512 por 512. O fundo transparente se conserva.',
    failed: 'Não foi possível fazer uma figurinha desta imagem. Tente outra, ou no Chrome.',
    alt: 'Assim vai ficar',
  },
}
