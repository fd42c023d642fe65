import { useLocation, useNavigate } from '@solidjs/router'
import { createSignal, onCleanup, Show, Suspense } from 'solid-js'
import { onCommands, runCommand } from '../lib/commands.ts'
import { lazyPart } from '../lib/lazy-part.ts'
import { loadHandsText } from '../text/hands.ts'
import { areShortcutsOn } from './shortcuts-on.ts'
import { commandOf, isForTyping } from './shortcuts.rules.ts'

const HelpSheet = lazyPart(async () => {
  const [part] = await Promise.all([import('./help-sheet.tsx'), loadHandsText()])
  return { default: part.HelpSheet }
})

/** Keys for whoever has a keyboard: through the list, into a chat and back, and what is done with it. `?` tells them all. */
export function Shortcuts() {
  const navigate = useNavigate()
  const location = useLocation()
  const [isHelp, setIsHelp] = createSignal(false)
  const isInChat = () => /^\/chats\/.+/.test(location.pathname)

  function onKey(event: KeyboardEvent) {
    if (!areShortcutsOn()) return
    const command = commandOf(event, {
      // Where the key was pressed: a field that hears Escape may have given its focus away by now.
      isTyping: event.target instanceof Element && isForTyping(event.target),
      isCovered: document.querySelector('dialog[open]') !== null,
    })
    if (command && runCommand(command)) event.preventDefault()
  }

  /** The chat below or above the open one, as the list stands. Its composer does not take the focus: the next key goes on. */
  function step(by: 1 | -1) {
    const rows = [...document.querySelectorAll<HTMLAnchorElement>('a[data-chat]')]
    const at = rows.findIndex((row) => location.pathname === `/chats/${row.dataset['chat']}`)
    const row = rows[at < 0 ? 0 : at + by]
    if (!row) return
    row.scrollIntoView({ block: 'nearest' })
    navigate(row.getAttribute('href') ?? '/chats', { state: { walks: true }, replace: isInChat() })
  }

  function leave() {
    // Whoever chooses several leaves that first; so does a search in the chat.
    if (document.querySelector('[role="toolbar"]')) return
    const door = document.querySelector<HTMLElement>('[data-leave]')
    if (door) door.click()
    else if (isInChat()) navigate(`/chats${location.search}`)
  }

  window.addEventListener('keydown', onKey)
  onCleanup(() => window.removeEventListener('keydown', onKey))
  onCommands({
    next: () => step(1),
    previous: () => step(-1),
    search: () => document.querySelector<HTMLElement>('[data-command="search"]')?.click(),
    write: () => document.querySelector<HTMLElement>('[data-composer]:enabled')?.focus(),
    leave,
    help: () => setIsHelp(true),
  })

  return (
    <Show when={isHelp()}>
      <Suspense>
        <HelpSheet close={() => setIsHelp(false)} />
      </Suspense>
    </Show>
  )
}
