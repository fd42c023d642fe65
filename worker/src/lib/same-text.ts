import { sha256 } from './bytes.ts'

/** Compares two texts in constant time, lengths included: both are hashed first. */
export async function sameText(a: string, b: string): Promise<boolean> {
  const [x, y] = await Promise.all([sha256(a), sha256(b)])
  return crypto.subtle.timingSafeEqual(x, y)
}
