/** The words of recording, apart from the first load. */
export const voiceEs = {
  title: 'Nota de voz',
  fileName: 'nota de voz',
  asking: 'Permita el micrófono para grabar…',
  recording: 'Grabando',
  paused: 'En pausa',
  slide: 'Deslice para cancelar',
  lockHint: 'Suba para grabar sin las manos',
  time: (time: string) => `Tiempo grabado: ${time}`,
  soonEnds: (seconds: number) => `Se detiene en ${seconds} s`,
  limit: 'Llegó a 2:45, el máximo para que WhatsApp la muestre como nota de voz. Escúchela y envíela.',
  kept: 'La grabación se detuvo y quedó guardada. Puede escucharla y enviarla.',
  discard: 'Descartar la grabación',
  discarded: 'Se descartó la grabación',
  undo: 'Recuperar',
  pause: 'Pausar la grabación',
  resume: 'Seguir grabando',
  send: 'Enviar la nota de voz',
  preparing: 'Preparando la nota de voz',
  tooShort: 'No se grabó nada. Mantenga presionado mientras habla, o toque una vez para grabar sin las manos.',
  unsaved: 'Este equipo no tiene espacio para guardar la grabación. Envíela antes de salir.',
  notStored: 'No se pudo guardar la grabación en este equipo. Libere espacio e inténtelo otra vez.',
  close: 'Entendido',
  problems: {
    denied: {
      title: 'El micrófono está bloqueado',
      help: 'Toque el candado o los ajustes junto a la dirección, abra Permisos y permita el micrófono. Si instaló la app en el iPhone: Ajustes › Apps › Safari › Micrófono › Permitir. Después toque otra vez el micrófono.',
    },
    missing: {
      title: 'No se encontró un micrófono',
      help: 'Conecte uno o use otro equipo. También puede adjuntar un audio.',
    },
    busy: {
      title: 'Otra aplicación usa el micrófono',
      help: 'Termine la llamada o cierre esa aplicación y toque otra vez el micrófono.',
    },
    unsupported: {
      title: 'Este navegador no puede grabar',
      help: 'Actualícelo o use Chrome, Safari o Firefox. También puede adjuntar un audio.',
    },
  },
}

export type VoiceText = typeof voiceEs
