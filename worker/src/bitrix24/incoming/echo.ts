import { sha256, toHex, utf8 } from '../../lib/bytes.ts'

/** Of a text that is posted in an employee's name, white space aside: it may come back as if they had written it (`portal_message.echo_hash`). */
export async function echoHash(text: string): Promise<string> {
  return toHex(await sha256(utf8(text.replaceAll(/\s+/g, ' ').trim())))
}
