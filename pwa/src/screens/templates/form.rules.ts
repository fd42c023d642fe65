/** What is typed in the editor, and the content that it makes. */
import { placesIn } from '#contract/template-rules.ts'
import type { MediaId } from '#contract/ids.ts'
import type { Template, TemplateButton, TemplateContent } from '#contract/templates.ts'

export type HeaderKind = 'none' | 'text' | 'image' | 'video' | 'document' | 'location'
export type Form = {
  name: string
  language: string
  category: Template['category']
  headerKind: HeaderKind
  headerText: string
  headerExample: string
  sample: { id: MediaId; name: string | null } | null
  body: string
  /** By the variable's name: what was typed stays when the text changes around it. */
  examples: Record<string, string>
  footer: string
  buttons: TemplateButton[]
}

export const BLANK: Form = {
  ...{ name: '', language: 'es', category: 'utility', headerKind: 'none', headerText: '', headerExample: '', sample: null },
  ...{ body: '', examples: {}, footer: '', buttons: [] },
}

/** A template as the editor shows it. */
export function formOf({ name, language, category, content }: Template): Form {
  const { header, body, examples, footer, buttons } = content
  const isText = header?.kind === 'text'
  const sampleId = header && header.kind !== 'text' && header.kind !== 'location' ? header.sampleMediaId : undefined
  return {
    ...{ name, language, category, body },
    headerKind: header?.kind ?? 'none',
    headerText: isText ? header.text : '',
    headerExample: isText ? (header.example ?? '') : '',
    sample: sampleId ? { id: sampleId, name: null } : null,
    examples: Object.fromEntries(placesIn(body).map((place, i) => [place, examples[i] ?? ''])),
    footer: footer ?? '',
    buttons: buttons.map((button) => ({ ...button })),
  }
}

function headerOf({ headerKind, headerText, headerExample, sample }: Form): TemplateContent['header'] {
  switch (headerKind) {
    case 'none':
      return null
    case 'location':
      return { kind: 'location' }
    case 'text':
      return { kind: 'text', text: headerText.trim(), ...(headerExample.trim() ? { example: headerExample.trim() } : {}) }
    default:
      return { kind: headerKind, ...(sample ? { sampleMediaId: sample.id } : {}) }
  }
}

/** The content of what is typed. */
export function contentOf(form: Form): TemplateContent {
  const body = form.body.trim()
  const places = placesIn(body)
  const names = [...places, ...placesIn(form.headerKind === 'text' ? form.headerText : '')]
  return {
    format: names.some((name) => !/^\d+$/.test(name)) ? 'named' : 'positional',
    header: headerOf(form),
    body,
    examples: places.map((place) => form.examples[place]?.trim() ?? ''),
    footer: form.footer.trim() || null,
    buttons: form.buttons.map((button) => ({ ...button, text: button.text.trim() })),
    unsupported: null,
  }
}

/** The number of the next variable. */
export function nextPlace(body: string): string {
  const numbers = placesIn(body).map(Number).filter(Number.isInteger)
  return String(Math.max(0, ...numbers) + 1)
}
