/** News on their way to a number's devices: written down before whoever caused them is answered, and told in order. */
import type { SimEvent } from '../events.ts'
import type { SessionNumber } from '../model.ts'
import type { WebPort } from '../sim.ts'
import type { Service } from './service.ts'
import { tellDevices } from './to-client.ts'

type News = { number: SessionNumber; event: SimEvent }

/** What a killed process had not told yet is told now. */
export function makeTeller(service: Service): WebPort['tell'] {
  const untold = service.shelf.drawer<News>('untold')
  const turns = new Map<string, Promise<void>>()
  let last = Number(untold.ids().at(-1) ?? 0)
  // Sealing takes a moment: what happens to one number waits for what happened before.
  const tell = (id: string, { number, event }: News) => {
    const turn = (turns.get(number.id) ?? Promise.resolve())
      .then(() => tellDevices(service, number, event))
      .catch((error: unknown) => console.error('sim: whatsapp-web:', error))
      .then(() => untold.drop(id))
    turns.set(number.id, turn)
  }
  for (const id of untold.ids()) {
    const news = untold.get(id)
    if (news) tell(id, news)
  }
  return (number, event) => {
    last += 1
    const news = { number, event }
    untold.put(String(last), news)
    tell(String(last), news)
  }
}
