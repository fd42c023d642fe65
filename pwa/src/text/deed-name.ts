/** What a deed that waits is called, and why it was refused: for the list of what waits, the chat's head and a toast. */
import type { ProblemCode } from '../api/problem.rules.ts'
import type { What } from '../live/deed.rules.ts'
import { outboxText } from './outbox.ts'
import { problemText } from './text.ts'

export function deedName(deed: What): string {
  const words = outboxText().deeds
  switch (deed.do) {
    case 'label': {
      const of = deed.messageId === null ? words.ofChat : words.ofMessage
      return deed.on ? of.putLabel(deed.label.name) : of.takeLabel(deed.label.name)
    }
    case 'close':
      return words.close
    case 'reopen':
      return words.reopen
    case 'settle':
      return words.settle
    case 'assign':
      return deed.to ? words.assign(deed.to.name) : words.queue
    case 'contact':
      return words.contact(deed.fields.name ?? deed.was.name ?? deed.was.profileName ?? '')
  }
}

/** Another's newer change is told in words of its own: what it was, and that nothing was done. */
export function refusalOf(deed: What, code: ProblemCode): string {
  const words = outboxText().deeds
  if (code === 'changed_meanwhile') return deed.do === 'contact' ? words.overtakenContact : words.overtaken
  const { cause, nextStep } = problemText(code)
  return `${cause} ${nextStep}`.trim()
}
