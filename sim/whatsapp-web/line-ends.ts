/** How the server ends a line, or lets it go dead, on command. */
import { numberOf, textOf } from '../lib/fields.ts'
import type { Fields } from '../lib/fields.ts'
import { unlink } from './linking.ts'
import type { Line } from './line.ts'
import { node } from './nodes.ts'
import type { Service } from './service.ts'

export const LINE_ENDS = ['cut', 'silence', 'replaced', 'removed', 'stream', 'close'] as const

/** Ends the lines of a number, or of everybody for `all`; tells how many there were. */
export function dropLine(service: Service, phone: string, how: (typeof LINE_ENDS)[number], fields: Fields): number {
  const lines = [...service.lines].filter(({ device }) => phone === 'all' || device?.phone === phone)
  for (const line of lines) end(service, line, how, fields)
  return lines.length
}

function end(service: Service, line: Line, how: (typeof LINE_ENDS)[number], fields: Fields): void {
  switch (how) {
    case 'cut':
      return line.cut()
    case 'silence':
      return line.silence(numberOf(fields.ms) ?? 36_000)
    case 'replaced':
      return line.end(node('stream:error', {}, [node('conflict', { type: 'replaced' })]))
    case 'removed':
      if (line.device) unlink(service, line.device)
      return
    case 'stream':
      return line.end(node('stream:error', { code: textOf(fields.code) }, [node(textOf(fields.child) ?? 'ack')]))
    case 'close':
      return line.end(node('xmlstreamend'))
  }
}
