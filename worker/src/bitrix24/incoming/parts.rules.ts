/** One message of the portal is as many of WhatsApp's: its words, and each file. Pure. */
import type { FailureCode } from '#contract/failures.ts'
import { CAPTION_MAX } from '#contract/inbox.ts'
import type { Uploaded } from '#contract/media.ts'

/** As portal_parts notes it. `reason`: it is not here, and will not come. */
export type PortalFile = {
  id: string
  name: string | null
  mime: string
  kind: Uploaded['kind']
  r2Key: string | null
  size: number
  sha256: string | null
  details: unknown
  reason?: FailureCode
}
/** `part`: its place, which is part of its id: 0 the words, then the files. */
export type Part = { part: number; kind: 'text' | Uploaded['kind']; text?: string; file?: PortalFile }

const WITH_WORDS = new Set<string>(['image', 'video', 'document'])

/** The words go with the first file where WhatsApp shows them there, else before it: also where the file did not come, so that they arrive. */
export function partsOf(text: string, files: readonly PortalFile[]): Part[] {
  const [first] = files
  const isCaption =
    text !== '' &&
    first !== undefined &&
    first.reason === undefined &&
    WITH_WORDS.has(first.kind) &&
    [...text].length <= CAPTION_MAX
  const shown = files.map((file, n): Part => ({ part: n + 1, kind: file.kind, file, ...(isCaption && n === 0 && { text }) }))
  return text === '' || isCaption ? shown : [{ part: 0, kind: 'text', text }, ...shown]
}
