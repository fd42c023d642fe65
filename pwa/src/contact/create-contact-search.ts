import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import type { Contact } from '#contract/contacts.ts'
import { call } from '../api/call.ts'
import { createPages } from '../api/create-pages.ts'
import * as api from '../api/endpoints.ts'
import { matches } from '../lib/person-match.rules.ts'
import { contactsHere } from '../live/contacts-kept.ts'
import { useDesk } from '../live/context.ts'

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
  const { desk, phase } = useDesk()
  const [here, setHere] = createSignal<readonly Contact[] | null>(null)
  createEffect(
    on([pages.problem, words], ([problem, q]) => {
      if (problem?.status !== 0 || isArchived()) return setHere(null)
      void contactsHere(desk).then((all) => setHere(all.filter((one) => q === '' || matches(one, q))))
    }),
  )
  createEffect(on(phase, (now) => void (now === 'open' && pages.problem() && pages.again()), { defer: true }))
  return {
    ...pages,
    items: () => here() ?? pages.items(),
    problem: () => (here() ? null : pages.problem()),
    /** Without a network: only those whom this phone knows. */
    isHere: () => here() !== null,
    typed,
    words,
    type(text: string): void {
      setTyped(text)
      clearTimeout(timer)
      timer = setTimeout(() => setWords(text.trim()), TYPING_MS)
    },
  }
}
