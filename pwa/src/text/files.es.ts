/** The words of preparing files, apart from the first load. */
export const filesEs = {
  title: 'Por enviar',
  caption: 'Texto de este archivo',
  noCaption: 'Un audio no lleva texto',
  place: (n: number, of: number) => `${n} de ${of}`,
  earlier: (name: string) => `Mover ${name} antes`,
  later: (name: string) => `Mover ${name} después`,
  turn: (name: string) => `Girar ${name}`,
  crop: (name: string) => `Recortar ${name}`,
  remove: (name: string) => `Quitar ${name}`,
  quality: (count: number, size: string) =>
    `${count === 1 ? '1 archivo' : `${count} archivos`} · ${size}. Las fotos van sin el lugar donde se tomaron.`,
  done: 'Listo',
  cropTitle: 'Recortar',
  apply: 'Recortar la foto',
  shapes: 'Forma',
  whole: 'Entera',
  square: 'Cuadrada',
  wide: 'Ancha',
  tall: 'Alta',
  corners: {
    nw: 'Esquina superior izquierda',
    ne: 'Esquina superior derecha',
    sw: 'Esquina inferior izquierda',
    se: 'Esquina inferior derecha',
  },
  cropHelp: 'Mueva las esquinas con el dedo, o con las flechas del teclado.',
  share: {
    title: 'Compartir',
    what: 'Lo que se comparte',
    pick: 'Elija a quién enviarlo',
    noChats: 'No hay chats con ese nombre o número.',
    nothing: 'No hay nada para compartir',
    nothingHelp:
      'Lo compartido ya se usó, o este equipo no tuvo espacio para guardarlo. Compártalo otra vez desde la otra aplicación.',
    video: 'Solo desde números que permiten video',
    giveUp: 'No compartir',
  },
  failed: 'No se pudo cambiar la foto. Déjela como está o quítela.',
}

export type FilesText = typeof filesEs
