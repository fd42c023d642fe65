import { createSignal } from 'solid-js'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORED = 'theme'
const system = matchMedia('(prefers-color-scheme: dark)')

function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED)
  return THEMES.find((theme) => theme === stored) ?? 'auto'
}

const [theme, setThemeSignal] = createSignal<Theme>(storedTheme())

export { theme }

/** Follows the system unless the person chose. The first paint is public/start.js's. */
export function startTheme(): void {
  system.addEventListener('change', paint)
  paint()
}

export function setTheme(next: Theme): void {
  setThemeSignal(next)
  localStorage.setItem(STORED, next)
  paint()
}

function paint(): void {
  const isDark = theme() === 'dark' || (theme() === 'auto' && system.matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  // The bar of the system takes the ground's colour; a choice holds for both of its metas.
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    if (ground) meta.content = ground
  }
}
