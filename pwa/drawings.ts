/**
 * Lucide's drawings as one template each. As the package has them, each one on the screen costs a dozen computations and
 * three merged lists of properties: more than the row that it stands in.
 */
import { runInNewContext } from 'node:vm'
import type { Plugin } from 'vite'
import * as z from 'zod'

const MODULE = /\/lucide-solid\/dist\/\w+\/icons\/[\w-]+\.(?:mjs|jsx)(?:\?|$)/
const DATA = /__iconData = (\{[\s\S]*?\n\});/
const Data = z.object({ node: z.array(z.tuple([z.string(), z.record(z.string(), z.string())])) })

/** What is drawn inside of the svg element (src/ui/icon.tsx). Throws when Lucide writes its modules another way. */
export function drawingOf(code: string): string {
  const { node } = Data.parse(runInNewContext(`(${DATA.exec(code)?.[1] ?? 'null'})`))
  return node
    .map(([tag, { key: _key, ...attributes }]) => {
      const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`)
      return `<${tag}${said.join('')}></${tag}>`
    })
    .join('')
}

/** Makes of each drawing a component that is one `<g>`, cloned. */
export function drawings(): Plugin {
  return {
    name: 'drawings',
    enforce: 'pre',
    transform(code, id) {
      // Another name of a drawing leads to its module.
      if (!MODULE.test(id) || !code.includes('__iconData =')) return null
      const html = JSON.stringify(`<svg><g>${drawingOf(code)}</g></svg>`)
      return {
        code: `import { template } from 'solid-js/web'\nexport default /* @__PURE__ */ template(${html}, false, true)`,
        map: null,
        moduleSideEffects: false,
      }
    },
  }
}
