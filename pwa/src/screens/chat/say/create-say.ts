import { hasLink } from '#contract/policy.ts'
import type { Chat } from '#contract/inbox.ts'
import { createSignal, type Accessor } from 'solid-js'
import { uuidv7 } from '../../../lib/uuid.ts'
import { useDesk } from '../../../live/context.ts'
import type { Outgoing } from '../../../live/outbox.rules.ts'
import { cardsText } from '../../../text/cards.ts'

type Said = Pick<Outgoing, 'kind' | 'location' | 'contacts'> & { file?: Outgoing['file'] }

/** Sends what is said without words, a place, people, a sticker, as an answer to what the composer answers to. */
export function createSay(chat: Accessor<Chat>, done: () => void) {
  const { desk, drafts, outbox } = useDesk()
  const [refusal, setRefusal] = createSignal<string | null>(null)

  async function say(said: Said, words: readonly (string | undefined)[], blob: Blob | null = null): Promise<void> {
    const mayLink = desk.channel(chat().channelId)?.settings.allowLinks === true
    if (!mayLink && words.some((one) => one && hasLink(one))) return void setRefusal(cardsText().link)
    const draft = drafts.of(chat().id)
    const { id, name } = desk.me.person
    try {
      await outbox.add(
        {
          ...{ file: null, ...said, id: uuidv7(), at: new Date().toISOString(), chatId: chat().id, what: 'message', text: null },
          ...{ mediaId: null, replyTo: draft.replyTo, author: { id, name }, state: 'queued', posted: false, attempts: 0 },
          ...{ notBefore: 0, problem: null },
        },
        blob,
      )
    } catch {
      // The phone's store is full or closed: the sheet stays as it is.
      return void setRefusal(cardsText().notStored)
    }
    if (draft.replyTo) drafts.set({ ...drafts.of(chat().id), replyTo: null })
    done()
  }

  return { say, refusal, setRefusal }
}
