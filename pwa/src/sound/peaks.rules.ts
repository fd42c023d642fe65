/** The shape of a voice, for drawing: {@link PEAKS} heights, each a letter of 64, so that a message carries it as text. */
export const PEAKS = 64
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Heights of any number, from 0 up, as {@link PEAKS} of them, each against the loudest. */
export function peaksOf(levels: ArrayLike<number>): readonly number[] {
  const size = Math.max(1, levels.length / PEAKS)
  const heights = Array.from({ length: PEAKS }, (_, part) => {
    let peak = 0
    const from = Math.floor(part * size)
    for (let i = from; i < Math.min(levels.length, Math.max(from + 1, Math.floor((part + 1) * size))); i += 1)
      peak = Math.max(peak, Math.abs(levels[i] ?? 0))
    return peak
  })
  const loudest = Math.max(...heights)
  return loudest > 0 ? heights.map((height) => height / loudest) : heights
}

export function peaksToText(peaks: readonly number[]): string {
  return peaks.map((peak) => LETTERS[Math.round(Math.min(1, Math.max(0, peak)) * 63)]).join('')
}

/** The heights that a text holds; null when it is none of ours. */
export function peaksFromText(text: string): readonly number[] | null {
  const heights = Array.from(text, (letter) => LETTERS.indexOf(letter) / 63)
  return heights.length === PEAKS && heights.every((height) => height >= 0) ? heights : null
}
