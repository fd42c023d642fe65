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
const [isDark, setIsDark] = createSignal(isDarkNow())

/** `isDark`: what is painted, for what has no styles, as a canvas. */
export { isDark, theme }

/** Follows the system unless the person chose. The first paint is public/start.js's, and the page's own metas follow the system. */
export function startTheme(): void {
  system.addEventListener('change', paint)
  if (theme() !== 'auto') paint()
}

export function setTheme(next: Theme): void {
  setThemeSignal(next)
  localStorage.setItem(STORED, next)
  paint()
}

function isDarkNow(): boolean {
  return theme() === 'dark' || (theme() === 'auto' && system.matches)
}

function paint(): void {
  document.documentElement.dataset['theme'] = isDarkNow() ? 'dark' : 'light'
  setIsDark(isDarkNow())
  // The bar of the system takes the ground's colour; a choice holds for both of its metas.
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    if (ground) meta.content = ground
  }
}
