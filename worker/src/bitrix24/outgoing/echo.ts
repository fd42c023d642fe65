/** What is posted in an employee's name may come back as if they had written it (reference/bitrix24.md §5.6 rule 7). */
import { sha256, toHex, utf8 } from '../../lib/bytes.ts'

/** Of the text as the portal has it, white space aside: `portal_message.echo_hash`. */
export async function echoHash(text: string): Promise<string> {
  return toHex(await sha256(utf8(text.replaceAll(/\s+/g, ' ').trim())))
}
