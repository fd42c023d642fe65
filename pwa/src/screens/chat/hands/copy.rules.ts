/** Several messages as one text, for wherever it is pasted. */
import type { Message } from '#contract/inbox.ts'

type Words = {
  /** Names a kind that has no words. */
  kind: (message: Message) => string
  who: (message: Message) => string
  when: (at: string) => string
  note: string
}

/** One message: its own words. Several: a line for each, with when and who, and what was never sent says so. */
export function copyOf(messages: readonly Message[], words: Words): string {
  const [only] = messages
  if (messages.length === 1 && only?.text) return only.text
  return messages
    .map((message) => {
      const name = message.media?.name ? `<${message.media.name}>` : `<${words.kind(message)}>`
      const said = [message.media || !message.text ? name : null, message.text].filter(Boolean).join(' ')
      const mark = message.direction === 'note' ? ` (${words.note})` : ''
      return `[${words.when(message.at)}] ${words.who(message)}${mark}: ${said}`
    })
    .join('\n')
}
