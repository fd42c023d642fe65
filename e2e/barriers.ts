/** What keeps somebody out: WCAG 2.2 AA as axe reads it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
/** What another theme can change. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  // A page of ours that has no script follows the browser by itself.
  await expect(page.locator('html:not([data-theme])').or(page.locator(`html[data-theme=${theme}]`))).toHaveCount(1)
}

async function axe(page: Page, runOnly: { type: string; values: string[] }): Promise<string[]> {
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
  const dark = (await axe(page, COLOURS)).map((line) => `dark ${line}`)
  await wear(page, 'light')
  return [...(await axe(page, WCAG)), ...dark]
}
