/** scrypt within an isolate's memory: N = 2^15, r = 8, p = 3 (ASVS 5 appendix C; 210 ms of CPU, 32 MiB; reference/platform.md §9). */
import { scrypt } from 'node:crypto'

/** How a key is derived; kept beside what it opens, so that stronger ones may come. */
export type Cost = { n: number; r: number; p: number }
export const COST: Cost = { n: 32_768, r: 8, p: 3 }
const KEY_BYTES = 32

/** The same words give the same key, however they were typed. */
export function derive(words: string, salt: Uint8Array, { n, r, p }: Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(words.normalize('NFC'), salt, KEY_BYTES, { N: n, r, p, maxmem: 128 * n * r + 16_777_216 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
