/** What keeps somebody out: WCAG 2.2 AA as axe reads it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** What axe finds, in both themes, each with the element that it is about. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    await page.evaluate(AXE)
    const results = await page.evaluate<AxeResults, string[]>(
      // @ts-expect-error -- axe comes from the line above, into the page.
      (values) => axe.run(document, { runOnly: { type: 'tag', values } }),
      TAGS,
    )
    for (const { id, nodes } of results.violations) {
      for (const node of nodes) found.push(`${theme} ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`)
    }
  }
  return found
}
