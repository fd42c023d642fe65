import type { FilesText } from './files.es.ts'

export const filesPt: FilesText = {
  title: 'Para enviar',
  caption: 'Texto deste arquivo',
  noCaption: 'Um áudio não leva texto',
  place: (n, of) => `${n} de ${of}`,
  earlier: (name) => `Mover ${name} para antes`,
  later: (name) => `Mover ${name} para depois`,
  turn: (name) => `Girar ${name}`,
  crop: (name) => `Recortar ${name}`,
  remove: (name) => `Tirar ${name}`,
  quality: (count, size) =>
    `${count === 1 ? '1 arquivo' : `${count} arquivos`} · ${size}. As fotos vão sem o lugar onde foram tiradas.`,
  done: 'Pronto',
  cropTitle: 'Recortar',
  apply: 'Recortar a foto',
  shapes: 'Forma',
  whole: 'Inteira',
  square: 'Quadrada',
  wide: 'Larga',
  tall: 'Alta',
  corners: {
    nw: 'Canto superior esquerdo',
    ne: 'Canto superior direito',
    sw: 'Canto inferior esquerdo',
    se: 'Canto inferior direito',
  },
  cropHelp: 'Mova os cantos com o dedo, ou com as setas do teclado.',
  share: {
    title: 'Compartilhar',
    what: 'O que é compartilhado',
    pick: 'Escolha para quem enviar',
    noChats: 'Não há conversas com esse nome ou número.',
    nothing: 'Não há nada para compartilhar',
    nothingHelp:
      'Já foi usado, ou este aparelho não teve espaço para guardar. Compartilhe outra vez a partir do outro aplicativo.',
    video: 'Só por números que permitem vídeo',
    giveUp: 'Não compartilhar',
  },
  failed: 'Não foi possível mudar a foto. Deixe como está ou tire.',
}
