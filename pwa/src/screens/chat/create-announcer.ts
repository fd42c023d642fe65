import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { t } from '../../text/text.ts'

const TOGETHER_MS = 3_000

/** What a screen reader is told of new messages: politely, and those of 3 s in one sentence. */
export function createAnnouncer(chatId: Accessor<string>): Accessor<string> {
  const { desk } = useDesk()
  const [words, setWords] = createSignal('')
  let count = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = desk.onArrival((message) => {
    if (message.chatId !== chatId()) return
    count += 1
    const { name } = message.author
    timer ??= setTimeout(() => {
      setWords(t().chat.arrived(count, name ?? ''))
      count = 0
      timer = undefined
    }, TOGETHER_MS)
  })
  onCleanup(() => {
    stop()
    clearTimeout(timer)
  })
  return words
}
