/** What people send now and then, in the words of WhatsApp's messages: what a desk can read, name, or only count. */
import { proto } from 'baileys'

type Content = proto.IMessage

const DAY_S = 86_400
/** A place to open it again is not what is tried here. */
const PICTURE = { mimetype: 'image/jpeg', mediaKey: new Uint8Array(32).fill(7), directPath: '/v/t62/none' }

/** By the name that the command gives it (`what`). What it does not know it sends as something that nobody knows. */
export function rareContent(what: string, text: string | null, contextInfo: proto.IContextInfo | undefined): Content {
  const make = RARE[what]
  return make ? make(text, contextInfo) : { richResponseMessage: {} }
}

type Make = (text: string | null, contextInfo: proto.IContextInfo | undefined) => Content

const RARE: Readonly<Record<string, Make>> = {
  poll: (text) => ({
    pollCreationMessageV3: {
      name: text ?? '¿Qué día?',
      options: [{ optionName: 'Lunes' }, { optionName: 'Martes' }],
      selectableOptionsCount: 1,
    },
  }),
  view_once: () => ({ viewOnceMessageV2: { message: { imageMessage: { mimetype: 'image/jpeg', viewOnce: true } } } }),
  view_once_bare: () => ({ audioMessage: { mimetype: 'audio/ogg', viewOnce: true } }),
  event: (text) => ({
    eventMessage: {
      name: text ?? 'Reunión',
      description: 'Firma del acuerdo',
      location: { name: 'Oficina' },
      startTime: 1_800_000_000,
    },
  }),
  live_location: () => ({ liveLocationMessage: { degreesLatitude: -2.9, degreesLongitude: -79, sequenceNumber: 1 } }),
  group_invite: (text) => ({
    groupInviteMessage: {
      groupJid: '120363000000000001@g.us',
      inviteCode: 'abc',
      groupName: 'Vecinos',
      caption: text ?? 'Únase',
    },
  }),
  product: (text) => ({ productMessage: { product: { title: text ?? 'Silla', description: 'De madera' } } }),
  order: (text) => ({ orderMessage: { orderId: '1', itemCount: 2, message: text ?? 'Quiero esto', orderTitle: 'Pedido' } }),
  payment: (text) => ({ sendPaymentMessage: { noteMessage: { conversation: text ?? 'Le pago' } } }),
  sticker_pack: (text) => ({ stickerPackMessage: { stickerPackId: '1', name: text ?? 'Gatos' } }),
  buttons: (text) => ({
    buttonsMessage: {
      contentText: text ?? '¿Le llamo?',
      buttons: [{ buttonId: '1', buttonText: { displayText: 'Sí' }, type: 1 }],
    },
  }),
  list: (text) => ({
    listMessage: {
      description: text ?? 'Elija',
      buttonText: 'Ver',
      sections: [{ title: 'Días', rows: [{ rowId: '1', title: 'Lunes' }] }],
    },
  }),
  flow_reply: (text) => ({
    interactiveResponseMessage: {
      body: { text: text ?? 'Lunes' },
      nativeFlowResponseMessage: { name: 'menu', paramsJson: '{"id":"row-1"}', version: 3 },
    },
  }),
  link: (text) => ({
    extendedTextMessage: {
      text: text ?? 'Mire https://tienda.example/silla',
      matchedText: 'https://tienda.example/silla',
      title: 'Silla de madera',
      description: 'Hecha a mano',
    },
  }),
  album: () => ({ albumMessage: { expectedImageCount: 2, expectedVideoCount: 0 } }),
  album_picture: (text) => ({ associatedChildMessage: { message: { imageMessage: { ...PICTURE, caption: text } } } }),
  ephemeral_on: () => disappearing(DAY_S),
  ephemeral_off: () => disappearing(0),
  vote: () => ({ pollUpdateMessage: { pollCreationMessageKey: { id: 'x' } } }),
}

function disappearing(ephemeralExpiration: number): Content {
  return { protocolMessage: { type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING, ephemeralExpiration } }
}

/** How long messages of a chat last once this was said; undefined when it says nothing about that. */
export function lastsAfter(what: string): number | undefined {
  if (what === 'ephemeral_on') return DAY_S
  return what === 'ephemeral_off' ? 0 : undefined
}
