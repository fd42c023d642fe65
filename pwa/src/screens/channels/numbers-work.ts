/** The same done to several numbers: one request, what came of it said at once, and those that were refused by name. */
import { createSignal } from 'solid-js'
import type { EachNumber, NumberOutcome } from '#contract/channel-care.ts'
import type { Channel } from '#contract/channels.ts'
import type { ChannelId, DepartmentId, PersonId } from '#contract/ids.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { care } from '../../text/care.ts'
import { sentenceOf } from '../../text/text.ts'
import { say } from '../../ui/toast.tsx'

type Ask = (channelIds: ChannelId[]) => Promise<EachNumber>
type Refused = { name: string; outcome: Exclude<NumberOutcome['outcome'], 'done' | 'same'> }
export type NumbersWork = ReturnType<typeof createNumbersWork>

const isHalfPaused = ({ sendingPaused, receivingPaused }: Channel) => sendingPaused !== receivingPaused
const pausing =
  (isPaused: boolean): Ask =>
  (channelIds) =>
    call(api.pauseChannels, { channelIds, sending: isPaused, receiving: isPaused })
const archiving =
  (archived: boolean): Ask =>
  (channelIds) =>
    call(api.archiveChannels, { channelIds, archived })

/** `finished` hears when the server has answered, refusals included. */
export function createNumbersWork(finished: () => void) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal(false)
  const [left, setLeft] = createSignal<readonly Refused[]>([])

  async function carry(numbers: readonly Channel[], ask: Ask, said: (count: number) => string, back?: Ask): Promise<void> {
    if (busy()) return
    setBusy(true)
    try {
      const { items, channels } = await ask(numbers.map(({ id }) => id))
      await desk.apply(
        channels.map((channel) => ({ type: 'channel', channel })),
        null,
      )
      const outcomes = new Map(items.map(({ channelId, outcome }) => [channelId, outcome]))
      const done = numbers.filter(({ id }) => outcomes.get(id) === 'done')
      const refused = numbers.flatMap(({ id, name }): Refused[] => {
        const outcome = outcomes.get(id) ?? 'not_found'
        return outcome === 'done' || outcome === 'same' ? [] : [{ name, outcome }]
      })
      setLeft(refused)
      if (done.length > 0) say(said(done.length), back && { name: care().undo, run: () => void carry(done, back, care().undone) })
      else if (refused.length === 0) say(care().nothingToDo)
      finished()
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      setBusy(false)
    }
  }

  return {
    busy,
    left,
    forgetLeft: () => setLeft([]),
    pause: (numbers: readonly Channel[], isPaused: boolean) =>
      // One that sends but does not receive would not come back as it was.
      carry(
        numbers,
        pausing(isPaused),
        isPaused ? care().paused : care().resumed,
        numbers.some(isHalfPaused) ? undefined : pausing(!isPaused),
      ),
    archive: (numbers: readonly Channel[]) => carry(numbers, archiving(true), care().archived, archiving(false)),
    move: (numbers: readonly Channel[], departmentId: DepartmentId | null, name: string) =>
      carry(
        numbers,
        (channelIds) => call(api.moveChannels, { channelIds, departmentId }),
        (count) => care().moved(count, name),
      ),
    staff: (numbers: readonly Channel[], people: readonly PersonId[]) =>
      carry(numbers, (channelIds) => call(api.staffChannels, { channelIds, people: [...people] }), care().staffed),
  }
}
