import { sha256, toHex, utf8 } from '../../lib/bytes.ts'
export async function echoHash(text: string): Promise<string> {
  return toHex(await sha256(utf8(text.replaceAll(/\s+/g, ' ').trim())))
}
