import type { FilesText } from './files.es.ts'

export const filesEn: FilesText = {
  title: 'To be sent',
  caption: 'Text of this file',
  noCaption: 'An audio has no text',
  place: (n, of) => `${n} of ${of}`,
  earlier: (name) => `Move ${name} earlier`,
  later: (name) => `Move ${name} later`,
  turn: (name) => `Rotate ${name}`,
  crop: (name) => `Crop ${name}`,
  remove: (name) => `Remove ${name}`,
  saver: 'Data saver',
  saverHelp: 'New photos weigh about a third.',
  quality: (count, size) =>
    `${count === 1 ? '1 file' : `${count} files`} · ${size}. Photos go without the place where they were taken.`,
  done: 'Done',
  cropTitle: 'Crop',
  apply: 'Crop the photo',
  shapes: 'Shape',
  whole: 'Whole',
  square: 'Square',
  wide: 'Wide',
  tall: 'Tall',
  corners: { nw: 'Top left corner', ne: 'Top right corner', sw: 'Bottom left corner', se: 'Bottom right corner' },
  cropHelp: 'Move the corners with your finger, or with the arrow keys.',
  failed: 'The photo could not be changed. Keep it as it is or remove it.',
}
