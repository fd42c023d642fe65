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
  expect(still?.html).toContain('Rosa')
  expect(still?.html).toContain('tabindex="-1"')
  expect(still?.html).not.toContain('Sin conexión')
})

test('an app that is killed without a word has kept its first list', () => {
  onTestFinished(keepStills(root()))
  vi.advanceTimersByTime(4_000)
  expect(localStorage.getItem(STILL)).toContain('Rosa')
})

test('what is no list from its top is not kept: a chat, filters, a list that was scrolled, something that lies over it', () => {
  const element = root()
  onTestFinished(keepStills(element))
  history.replaceState(null, '', '/chats?waiting=yes')
  expect(kept()).toBeNull()
  history.replaceState(null, '', '/chats/1')
  expect(kept()).toBeNull()
  history.replaceState(null, '', '/chats')
  document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>')
  expect(kept()).toBeNull()
  document.querySelector('dialog')?.remove()
  const box = element.querySelector('.overflow-y-auto')
  if (box) box.scrollTop = 300
  expect(kept()).toBeNull()
})

test('nobody is signed in: nothing is kept', () => {
  localStorage.removeItem('me')
  onTestFinished(keepStills(root()))
  expect(kept()).toBeNull()
})
