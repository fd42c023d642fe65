import { sha256 } from './bytes.ts'

/** Are two secrets the same? Compared by digest, so that the time it takes tells nothing. */
export async function sameSecret(one: string, other: string): Promise<boolean> {
  return crypto.subtle.timingSafeEqual(await sha256(one), await sha256(other))
}
