/** What keeps somebody out: WCAG 2.2 AA as axe reads it, and what axe does not see. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  size: { type: 'rule', values: ['target-size', 'scrollable-region-focusable', 'color-contrast'] },
} as const

export async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  // A page of ours that has no script follows the browser by itself.
  await expect(page.locator('html:not([data-theme])').or(page.locator(`html[data-theme=${theme}]`))).toHaveCount(1)
  // Colours that are on their way belong to neither theme; with less motion none is.
  const moving = await page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).length)
  expect(moving, 'changes with less motion asked for').toBe(0)
}

async function axe(page: Page, runOnly: { type: string; values: readonly string[] }): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const { violations: found } = await page.evaluate<AxeResults, typeof runOnly>(
    // @ts-expect-error -- axe comes from the line above, into the page.
    (only) => axe.run(document, { runOnly: only, resultTypes: ['violations'] }),
    runOnly,
  )
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** What axe finds in both themes, each with the element that it is about; in the second one, what colours can change. */
export async function violations(page: Page): Promise<string[]> {
  await wear(page, 'dark')
  const dark = await violationsOf(page, 'colours')
  await wear(page, 'light')
  return [...(await violationsOf(page, 'all')), ...dark]
}

/** The same of what is on now: all of it, or what another theme, or another size, can change. */
export const violationsOf = (page: Page, what: keyof typeof RULES): Promise<string[]> => axe(page, RULES[what])

/**
 * What axe does not ask: one main part, one way down the headings, nothing wider than the screen, no words cut off, and
 * nothing to touch that is smaller than a finger. `isLarge`: with text at 200 %, where targets grow by themselves.
 */
export function disorder(page: Page, isLarge = false): Promise<string[]> {
  return page.evaluate(
    ([large, width]) => {
      const found: string[] = []
      const isSeen = (element: Element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0
      const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll(selector)].filter(isSeen)
      const nameOf = (element: Element) =>
        `<${element.tagName.toLowerCase()}> «${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 50)}»`
      const mains = all('main, [role=main]')
      if (mains.length !== 1) found.push(`${mains.length} main parts`)
      let level = 0
      for (const heading of all('h1, h2, h3, h4', mains[0] ?? document)) {
        const next = Number(heading.tagName[1])
        if (next > level + 1) found.push(`${nameOf(heading)} follows a heading of level ${level}`)
        level = next
      }
      // Not the page's own: a phone's grows with what does not fit.
      const wide = Math.max(document.documentElement.scrollWidth, innerWidth)
      if (wide > width) found.push(`${wide} px wide on ${width}`)
      const modal = document.querySelector('dialog[open]')
      const ground = modal ?? document
      /** Moves by itself when a finger drags it: what lies beside the screen can be reached. */
      const scrolls = (element: Element): boolean => {
        for (let one: Element | null = element; one; one = one.parentElement) {
          const { overflowX } = getComputedStyle(one)
          if ((overflowX === 'auto' || overflowX === 'scroll') && one.scrollWidth > one.clientWidth) return true
        }
        return false
      }
      /** What a thumb hits 21 px above, below and beside the middle: its own ground may be larger than what is drawn. */
      const isTouchedAround = (element: Element): boolean => {
        element.scrollIntoView({ block: 'center', inline: 'center' })
        const { left, top, width: w, height: h } = element.getBoundingClientRect()
        const [x, y, label] = [left + w / 2, top + h / 2, element instanceof HTMLInputElement ? element.labels?.[0] : null]
        const around = [
          [0, -21],
          [0, 21],
          ...(w < 43.5
            ? [
                [-21, 0],
                [21, 0],
              ]
            : []),
        ] as const
        return around.every(([dx = 0, dy = 0]) => {
          const hit = document.elementFromPoint(x + dx, y + dy)
          return hit !== null && (element.contains(hit) || label?.contains(hit) === true)
        })
      }
      for (const element of all('button, a[href], input, select, textarea, summary, [role=button], [tabindex="0"]', ground)) {
        const box = element.getBoundingClientRect()
        const style = getComputedStyle(element)
        if (box.width <= 1 || box.height <= 1 || style.clipPath !== 'none') continue
        if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) found.push(`${nameOf(element)} lies beside the screen`)
        const isInText = style.display === 'inline'
        if (!large && !isInText && (box.height < 43.5 || box.width < 43.5) && !isTouchedAround(element))
          found.push(`${nameOf(element)} is ${Math.round(box.width)}×${Math.round(box.height)}`)
      }
      for (const element of all('h1, h2, h3, p, button, a, label, li, dt, dd, td, th, legend, summary, span', ground)) {
        if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())) continue
        const style = getComputedStyle(element)
        const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
        if (
          hides &&
          style.textOverflow !== 'ellipsis' &&
          element.scrollWidth > element.clientWidth + 1 &&
          element.clientWidth > 1
        )
          found.push(`${nameOf(element)} is cut off`)
      }
      // What scrolls down should not scroll sideways, too: only what is made for it does.
      for (const element of all('*', ground)) {
        const { overflowX, overflowY } = getComputedStyle(element)
        const isMeant = /overflow(-x)?-(auto|scroll)/.test(element.getAttribute('class') ?? '') || element.tagName === 'TEXTAREA'
        const isWide = overflowX === 'auto' && overflowY === 'auto' && element.scrollWidth > element.clientWidth + 1
        if (!isWide || isMeant) continue
        const edge = element.getBoundingClientRect().left + element.clientWidth + 1
        const beyond = [...element.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > edge)
        found.push(`${beyond.map(nameOf).at(-1) ?? nameOf(element)} makes its surroundings scroll sideways`)
      }
      const moving = document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration) > 20)
      for (const one of moving) {
        const of = one.effect instanceof KeyframeEffect ? one.effect.target : null
        found.push(`${of ? nameOf(of) : 'something'} moves although less motion is asked for`)
      }
      return [...new Set(found)]
    },
    [isLarge, page.viewportSize()?.width ?? 0] as const,
  )
}
