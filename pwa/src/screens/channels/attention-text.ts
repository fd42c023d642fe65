/** When a number opens or closes, on its own clock. */
import type { Attention } from '#contract/hours.ts'
import type { ChannelText } from '../../text/channel.es.ts'

/** `lun 23, 08:00` where the number is. */
export function whenIn(locale: string, timeZone: string, at: number): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...{ timeZone, weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
  return format.format(at)
}

/** `Abierto ahora · cierra vie 20, 18:00` */
export function attentionText({ isOpen, since, until }: Attention, words: ChannelText, when: (at: number) => string): string {
  if (until === null) {
    if (since === null) return isOpen ? words.openAlways : words.closedAlways
    return isOpen ? words.openNow : words.closedNow
  }
  return isOpen ? `${words.openNow} · ${words.closesAt(when(until))}` : `${words.closedNow} · ${words.opensAt(when(until))}`
}
