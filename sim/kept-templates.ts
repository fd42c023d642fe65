/** Templates as businesses have made and changed them, over those that everybody has. */
import type { Template } from './model.ts'
import type { Sim } from './sim.ts'
import { TEMPLATES } from './templates.ts'

/** The templates of a business account (at Gupshup: of an app): those that all have, as they were changed, and its own. */
export function templatesOf(sim: Sim, owner: string): Template[] {
  const own = [...sim.world.templates.values()].filter((each) => each.owner === owner)
  const changed = new Set(own.map(({ template }) => nameOf(template)))
  return [
    ...TEMPLATES.filter((each) => !changed.has(nameOf(each))),
    ...own.flatMap(({ template, isGone }) => (isGone ? [] : [template])),
  ]
}

/** Keeps a template as it is now; `isGone` takes it away. */
export function keepTemplate(sim: Sim, owner: string, template: Template, isGone = false): void {
  sim.world.record({ t: 'template', kept: { owner, template, isGone } })
}

function nameOf({ name, language }: Template): string {
  return `${name}|${language}`
}
