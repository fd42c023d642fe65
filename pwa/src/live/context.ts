import { createContext, useContext } from 'solid-js'
import type { Running } from './start.ts'

export const DeskContext = createContext<Running>()

/** The phone's desk, for screens of a signed-in person. */
export function useDesk(): Running {
  const running = useContext(DeskContext)
  if (!running) throw new Error('a screen of the desk outside of it')
  return running
}
