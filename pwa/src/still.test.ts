import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { keepStills, STILL, type Still } from './still.ts'

const LIST = `<div><nav><a href="/chats">Chats</a></nav><p role="status">Sin conexión</p>
  <div class="overflow-y-auto"><a data-chat="1" href="/chats/1">Rosa</a></div></div>`

function root(): HTMLElement {
  document.body.innerHTML = `<div id="root">${LIST}</div>`
  const element = document.getElementById('root')
  if (!element) throw new Error('no root')
  return element
}

/** The app is left. */
function kept(): Still | null {
  dispatchEvent(new Event('pagehide'))
  const text = localStorage.getItem(STILL)
  return text ? JSON.parse(text) : null
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  history.replaceState(null, '', '/chats')
  document.documentElement.lang = 'es'
  localStorage.setItem('me', JSON.stringify({ person: { id: 'rosa' } }))
})

test('the list is kept when the app is left, for who saw it, without what may be over by then', () => {
  onTestFinished(keepStills(root()))
  const still = kept()
  expect(still).toMatchObject({ person: 'rosa', language: 'es' })
  expect(still?.screens['/chats']).toContain('Rosa')
  expect(still?.screens['/chats']).toContain('tabindex="-1"')
  expect(still?.screens['/chats']).not.toContain('Sin conexión')
})

test('an app that is killed without a word has kept its first list', () => {
  onTestFinished(keepStills(root()))
  vi.advanceTimersByTime(4_000)
  expect(localStorage.getItem(STILL)).toContain('Rosa')
})

test('what is no list from its top is not kept: filters, a list that was scrolled, something that lies over it', () => {
  const element = root()
  onTestFinished(keepStills(element))
  history.replaceState(null, '', '/chats?waiting=yes')
  expect(kept()).toBeNull()
  history.replaceState(null, '', '/chats')
  document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>')
  expect(kept()).toBeNull()
  document.querySelector('dialog')?.remove()
  const box = element.querySelector('.overflow-y-auto')
  if (box) box.scrollTop = 300
  expect(kept()).toBeNull()
})

test('a chat is kept at its end alone, beside the list, and takes no words', () => {
  const element = root()
  onTestFinished(keepStills(element))
  kept()
  element.innerHTML = `<main><div role="log" aria-live="off"><article>Sí, hay <img src="blob:1"></article></div><textarea></textarea></main>`
  history.replaceState(null, '', '/chats/1')
  const chat = kept()?.screens['/chats/1'] ?? ''
  expect(chat).toContain('Sí, hay')
  expect(chat).toContain('readonly')
  expect(chat).not.toContain('blob:')
  expect(kept()?.screens['/chats']).toContain('Rosa')
  const log = element.querySelector('[role=log]')
  Object.defineProperty(log, 'scrollHeight', { value: 900 })
  history.replaceState(null, '', '/chats/2')
  expect(Object.keys(kept()?.screens ?? {})).toEqual(['/chats', '/chats/1'])
})

test('the last screens are kept, and none of who was here before', () => {
  onTestFinished(keepStills(root()))
  kept()
  document.body.querySelector('#root')?.replaceChildren()
  document.body
    .querySelector('#root')
    ?.insertAdjacentHTML('beforeend', '<main><div role="log"><article>Hola</article></div></main>')
  for (const id of [1, 2, 3, 4, 2]) {
    history.replaceState(null, '', `/chats/${id}`)
    kept()
  }
  expect(Object.keys(kept()?.screens ?? {})).toEqual(['/chats/1', '/chats/3', '/chats/4', '/chats/2'])
  localStorage.setItem('me', JSON.stringify({ person: { id: 'luis' } }))
  expect(Object.keys(kept()?.screens ?? {})).toEqual(['/chats/2'])
})

test('nobody is signed in: nothing is kept', () => {
  localStorage.removeItem('me')
  onTestFinished(keepStills(root()))
  expect(kept()).toBeNull()
})
