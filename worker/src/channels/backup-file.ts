/**
 * The file of a number's keys. Its header can be read by anybody; the keys are sealed with AES-256-GCM under a key that
 * scrypt makes of the passphrase, and the header is part of the seal. PBKDF2 would be the platform's own, but is capped at
 * 100,000 rounds in production (reference/platform.md §2): scrypt is what passwords use here, and costs a guesser far more.
 */
import { BackupHeader } from '#contract/backups.ts'
import { KeyRow } from '#contract/session-node.ts'
import * as z from 'zod'
import { fromBase64, toBase64, utf8 } from '../lib/bytes.ts'
import { Refusal } from '../lib/refusal.ts'
import { COST, derive, type Cost } from '../lib/scrypt.ts'

/** Which state of which object's keys these are: what was written with a later one is not in the file. */
const Mark = z.object({ object: z.string(), epoch: z.number(), n: z.number() })
const Contents = z.object({
  me: z.object({ phone: z.string(), lid: z.nullable(z.string()), name: z.nullable(z.string()) }),
  mark: Mark,
  rows: z.array(KeyRow),
})
export type Contents = z.infer<typeof Contents>

const File = z.object({
  ...BackupHeader.shape,
  // Our own cost and no other: a file must not choose how much work it makes.
  kdf: z.object({
    name: z.literal('scrypt'),
    n: z.literal(COST.n),
    r: z.literal(COST.r),
    p: z.literal(COST.p),
    salt: z.string().max(100),
  }),
  cipher: z.object({ name: z.literal('AES-256-GCM'), iv: z.string().max(100) }),
  data: z.string(),
})

/** What the seal says of the header: the same bytes, whatever order a program wrote them in. */
function sealedHeader({ format, version, number, name, madeAt, live }: BackupHeader): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify([format, version, number, name, madeAt, live]))
}

async function keyOf(passphrase: string, salt: Uint8Array, cost: Cost) {
  const raw = new Uint8Array(await derive(passphrase, salt, cost))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** The file, as text. */
export async function sealBackup(header: BackupHeader, contents: Contents, passphrase: string): Promise<string> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))]
  const key = await keyOf(passphrase, salt, COST)
  const plain = await gzip(utf8(JSON.stringify(contents)))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: sealedHeader(header) }, key, plain)
  const kdf = { name: 'scrypt', ...COST, salt: toBase64(salt) }
  return JSON.stringify(
    { ...header, kdf, cipher: { name: 'AES-256-GCM', iv: toBase64(iv) }, data: toBase64(new Uint8Array(data)) },
    null,
    1,
  )
}

/** What a file says of itself. Refuses backup_not_one. */
export function readBackup(text: string): z.infer<typeof File> {
  try {
    return File.parse(JSON.parse(text))
  } catch {
    throw new Refusal('backup_not_one')
  }
}

/** Its keys. Refuses backup_passphrase when the words are others, or any byte of the file is. */
export async function openBackup(file: z.infer<typeof File>, passphrase: string): Promise<Contents> {
  const { kdf, cipher, data } = file
  try {
    const key = await keyOf(passphrase, fromBase64(kdf.salt), kdf)
    const seal = { name: 'AES-GCM', iv: fromBase64(cipher.iv), additionalData: sealedHeader(file) }
    const plain = await crypto.subtle.decrypt(seal, key, fromBase64(data))
    return Contents.parse(JSON.parse(new TextDecoder().decode(await gunzip(plain))))
  } catch {
    throw new Refusal('backup_passphrase')
  }
}

const gzip = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()

const gunzip = (bytes: ArrayBuffer): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
