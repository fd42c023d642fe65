import type { VoiceText } from './voice.es.ts'

export const voicePt: VoiceText = {
  title: 'Mensagem de voz',
  fileName: 'mensagem de voz',
  asking: 'Permita o microfone para gravar…',
  recording: 'Gravando',
  paused: 'Em pausa',
  slide: 'Deslize para cancelar',
  lockHint: 'Suba para gravar sem as mãos',
  time: (time) => `Tempo gravado: ${time}`,
  soonEnds: (seconds) => `Para em ${seconds} s`,
  limit: 'Chegou a 2:45, o máximo para o WhatsApp mostrar como mensagem de voz. Ouça e envie.',
  kept: 'A gravação parou e ficou salva. Você pode ouvir e enviar.',
  discard: 'Descartar a gravação',
  discarded: 'A gravação foi descartada',
  undo: 'Recuperar',
  pause: 'Pausar a gravação',
  resume: 'Continuar gravando',
  send: 'Enviar a mensagem de voz',
  preparing: 'Preparando a mensagem de voz',
  tooShort: 'Nada foi gravado. Segure enquanto fala, ou toque uma vez para gravar sem as mãos.',
  unsaved: 'Este aparelho não tem espaço para salvar a gravação. Envie antes de sair.',
  notStored: 'Não foi possível salvar a gravação neste aparelho. Libere espaço e tente outra vez.',
  close: 'Entendi',
  problems: {
    denied: {
      title: 'O microfone está bloqueado',
      help: 'Toque no cadeado ou nos ajustes ao lado do endereço, abra Permissões e permita o microfone. Se instalou o app no iPhone: Ajustes › Apps › Safari › Microfone › Permitir. Depois toque outra vez no microfone.',
    },
    missing: {
      title: 'Nenhum microfone foi encontrado',
      help: 'Conecte um ou use outro aparelho. Você também pode anexar um áudio.',
    },
    busy: {
      title: 'Outro aplicativo usa o microfone',
      help: 'Termine a chamada ou feche esse aplicativo e toque outra vez no microfone.',
    },
    unsupported: {
      title: 'Este navegador não consegue gravar',
      help: 'Atualize-o ou use Chrome, Safari ou Firefox. Você também pode anexar um áudio.',
    },
  },
}
