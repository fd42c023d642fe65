/** Files that are still on this phone, as addresses to draw from. A sent picture or recording keeps its own until the page goes. */
import { onCleanup, untrack, type Accessor } from 'solid-js'
import { useDesk } from '../../live/context.ts'
import { createRead } from '../../lib/create-read.ts'

const sent = new Map<string, string>()
const SENT_MAX = 30

/** The address of a file that this phone sent a moment ago, so that it does not load again. */
export function sentFile(messageId: string): string | undefined {
  return sent.get(messageId)
}

/** Remembers where a file of this phone is drawn or heard from. */
function keepSent(messageId: string, url: string): void {
  sent.set(messageId, url)
  const [oldest] = sent.keys()
  if (sent.size > SENT_MAX && oldest !== undefined) {
    URL.revokeObjectURL(sent.get(oldest) ?? '')
    sent.delete(oldest)
  }
}

/** The address of a stored file; undefined until it was read. A `messageId` keeps it beyond the component. */
export function createLocalFile(
  blobId: Accessor<string | null>,
  messageId: Accessor<string | null>,
): Accessor<string | undefined> {
  const { drafts } = useDesk()
  const [url] = createRead(blobId, async (id) => {
    const message = untrack(messageId)
    const known = message ? sent.get(message) : undefined
    if (known) return known
    const blob = await drafts.fileOf(id)
    if (!blob) return undefined
    const made = URL.createObjectURL(blob)
    if (message) keepSent(message, made)
    return made
  })
  onCleanup(() => {
    const made = url.latest
    if (made && !untrack(messageId)) URL.revokeObjectURL(made)
  })
  return () => url.latest
}
