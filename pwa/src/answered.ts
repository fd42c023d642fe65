import { onCleanup } from 'solid-js'
import { useDesk } from './live/context.ts'

/** Calls whenever this person has written to a customer, here or on another device. */
export function whenAnswered(run: () => void): void {
  const { desk } = useDesk()
  onCleanup(
    desk.onEvent((event) => {
      if (event.type === 'message' && event.message.direction === 'out' && event.message.author.id === desk.me.person.id) run()
    }),
  )
}
