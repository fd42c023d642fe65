/** Whether anything was played since the start: until then nobody needs to load a player. */
import { createSignal } from 'solid-js'

const [hasPlayed, setHasPlayed] = createSignal(false)

export { hasPlayed }
export const notePlayed = (): void => void setHasPlayed(true)
