/** A place on the map out of what people paste: two numbers, or a link of a map. */

export type Point = { latitude: number; longitude: number }

const NUMBER = String.raw`(-?\d{1,3}(?:\.\d+)?)`
/** In the order in which they say where the pin is; a map's own middle comes last. */
const FORMS = [
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(`[?&](?:q|query|ll|daddr|destination|center)=(?:loc:)?${NUMBER}(?:,|%2C)\\s*${NUMBER}`, 'i'),
  new RegExp(`[?&]mlat=${NUMBER}&mlon=${NUMBER}`, 'i'),
  new RegExp(`geo:${NUMBER},${NUMBER}`, 'i'),
  new RegExp(`@${NUMBER},${NUMBER}`),
  new RegExp(`#map=\\d+/${NUMBER}/${NUMBER}`),
  new RegExp(`^\\s*\\(?${NUMBER}[,;\\s]+${NUMBER}\\)?\\s*$`),
]

/** The point in a text; null when there is none. A comma for decimals is understood where the numbers stand apart. */
export function pointIn(text: string): Point | null {
  const written = /^\s*-?\d{1,3},\d+\s*[;\s]\s*-?\d{1,3},\d+\s*$/.test(text) ? text.replaceAll(',', '.') : text
  for (const form of FORMS) {
    const [, first, second] = form.exec(written) ?? []
    const [latitude, longitude] = [Number(first), Number(second)]
    if (first !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude }
  }
  return null
}

/** As people write a point. */
export function writtenPoint({ latitude, longitude }: Point): string {
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`
}
