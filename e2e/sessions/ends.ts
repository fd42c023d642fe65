/** How a number's link may end, and what its administrator then sees; what waits is kept, or says why it will not leave. */
import type { Linked } from './stage.ts'

export type End = {
  name: string
  /** Brings it about. */
  happens(number: Linked): Promise<unknown>
  /** What the administrator reads: state, our code, WhatsApp's own. */
  shows: { state: string; code: string; providerCode: string }
  /** What becomes of a message that waits to be sent. */
  waiting: string
}

/** The line is cut, and WhatsApp refuses the next login (`next`: so many of them). */
const refusedAtTheDoor = (refusal: { reason: string; next?: number }) => async (number: Linked) => {
  await number.fault({ what: 'failure', ...refusal })
  await number.line('cut')
}

export const ENDS: readonly End[] = [
  {
    name: 'is removed from the phone’s linked devices',
    happens: (number) => number.line('removed'),
    shows: { state: 'logged_out', code: 'session_logged_out', providerCode: '401' },
    waiting: 'session_logged_out',
  },
  {
    name: 'is blocked by WhatsApp',
    happens: refusedAtTheDoor({ reason: '403' }),
    shows: { state: 'blocked', code: 'session_blocked', providerCode: '403' },
    waiting: 'session_blocked',
  },
  {
    name: 'is refused because our version is too old',
    happens: refusedAtTheDoor({ reason: '405' }),
    shows: { state: 'refused', code: 'session_refused', providerCode: '405' },
    waiting: 'sending',
  },
]

/** What ends a line and not the link: it comes back by itself, and nobody needs to know. */
export const INTERRUPTIONS: readonly { name: string; happens(number: Linked): Promise<unknown> }[] = [
  {
    name: 'WhatsApp wants the line to be opened anew',
    happens: (number) => number.line('stream', { code: '515', child: 'restart' }),
  },
  { name: 'WhatsApp is busy', happens: (number) => number.line('stream', { code: '503' }) },
  { name: 'WhatsApp ends the stream with an error', happens: (number) => number.line('stream', { code: '500', child: 'ack' }) },
  { name: 'WhatsApp says goodbye', happens: (number) => number.line('close') },
  { name: 'the wire is cut', happens: (number) => number.line('cut') },
  { name: 'another program opens the session once', happens: (number) => number.line('replaced') },
  {
    name: 'the door is shut a few times',
    happens: refusedAtTheDoor({ reason: '500', next: 2 }),
  },
]
