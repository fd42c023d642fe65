/** Chats on their way to an agent, under a thumb or a mouse. What stands there is drawn by chat-drag-panel.tsx. */
import { createSignal } from 'solid-js'
import type { Colleague } from '#contract/desk.ts'
import type { PersonId } from '#contract/ids.ts'
import { call } from './api/call.ts'
import * as api from './api/endpoints.ts'
import { problemOf, type ApiProblem } from './api/problem.rules.ts'
import type { Target } from './chats-work.ts'
import type { Point } from './lib/create-press-drag.ts'
import { createMediaQuery, TABLET } from './lib/create-media-query.ts'
import { useDesk } from './live/context.ts'

/** What is dragged, and the side of the screen where the agents stand: the other one than where it began. */
export type Dragged = { targets: readonly Target[]; side: 'left' | 'right' }
export type ChatDrag = ReturnType<typeof createChatDrag>

/** Where something may be let go of: `data-drop` holds a person's id, or `none` for the queue. */
const dropAt = ({ x, y }: Point) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]')?.dataset['drop'] ?? null

/** `give` is what letting go means. Dragging is for wide screens: a phone has the menu alone. */
export function createChatDrag(give: (targets: readonly Target[], personId: PersonId | null, name: string) => void) {
  const { desk } = useDesk()
  const isWide = createMediaQuery(TABLET)
  const [now, setNow] = createSignal<Dragged | null>(null)
  const [at, setAt] = createSignal<Point>({ x: 0, y: 0 })
  const [over, setOver] = createSignal<string | null>(null)
  const [people, setPeople] = createSignal<readonly Colleague[] | null>(null)
  const [problem, setProblem] = createSignal<ApiProblem | null>(null)

  /** Load and presence of this moment; what was known stands until they are here. */
  async function ask(): Promise<void> {
    try {
      setPeople((await call(api.listColleagues, {})).items)
      setProblem(null)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }

  function move(to: Point): void {
    setAt(to)
    setOver(dropAt(to))
  }

  return {
    now,
    at,
    over,
    people,
    problem,
    isAllowed: () => isWide() && desk.may('chats.assign') && desk.may('transfers.request'),
    begin(targets: readonly Target[], from: Point): void {
      if (targets.length === 0) return
      void ask()
      setOver(null)
      setAt(from)
      setNow({ targets, side: from.x > innerWidth / 2 ? 'left' : 'right' })
    },
    move,
    end(to: Point | null): void {
      const dragged = now()
      const drop = to && dropAt(to)
      setNow(null)
      if (!drop || !dragged) return
      const person = people()?.find(({ id }) => id === drop)
      if (person) give(dragged.targets, person.id, person.name)
      else if (drop === 'none') give(dragged.targets, null, '')
    },
  }
}
