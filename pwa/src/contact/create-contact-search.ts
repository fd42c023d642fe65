import { createSignal, onCleanup } from 'solid-js'
import { call } from '../api/call.ts'
import { createPages } from '../api/create-pages.ts'
import * as api from '../api/endpoints.ts'

const TYPING_MS = 220

/** Contacts by words, page by page; what is typed is asked for once the hand rests. */
export function createContactSearch(isArchived: () => boolean = () => false) {
  const [typed, setTyped] = createSignal('')
  const [words, setWords] = createSignal('')
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const pages = createPages(
    () => ({ q: words(), archived: isArchived() }),
    ({ q, archived }, cursor) =>
      call(api.listContacts, {
        ...(q ? { q } : {}),
        ...(archived ? { archived: 'true' as const } : {}),
        ...(cursor ? { cursor } : {}),
      }),
  )
  return {
    ...pages,
    typed,
    words,
    type(text: string): void {
      setTyped(text)
      clearTimeout(timer)
      timer = setTimeout(() => setWords(text.trim()), TYPING_MS)
    },
  }
}
