import { channelText } from '../../text/channel.ts'

/** What a company does, in the reader's words; a word that is not Meta's stays as it came. */
export function verticalText(vertical: string): string {
  const known: Partial<Record<string, string>> = channelText().verticals
  return known[vertical] ?? vertical
}
