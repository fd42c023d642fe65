/** A message's trace as plain text, to be sent to whoever can help. */
import type { Hop } from '#contract/trace.ts'

export type TraceWords = { title: string; id: string; code: string; next: string; levels: Record<Hop['level'], string> }

/** One paragraph a hop, oldest first, with the instants in UTC so that both sides read the same. */
export function traceText(words: TraceWords, message: { id: string; traceId: string | null }, hops: readonly Hop[]): string {
  const head = [words.title, `${words.id}: ${message.traceId ?? message.id}`]
  const body = hops.map((hop) =>
    [
      `${hop.at}  ${words.levels[hop.level].toUpperCase()}  ${hop.where} · ${hop.what}`,
      hop.explanation,
      hop.code && `${words.code}: ${hop.code}`,
      hop.nextStep && `${words.next}: ${hop.nextStep}`,
    ]
      .filter(Boolean)
      .join('\n'),
  )
  return `${[head.join('\n'), ...body].join('\n\n')}\n`
}
