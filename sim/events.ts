/** What happens in the world that a business is told of, before it is put into a provider's words. */
import type { Customer, Progress, SimMessage } from './model.ts'

export type SimEvent =
  | { type: 'message'; message: SimMessage; customer: Customer }
  | { type: 'reaction'; id: string; at: number; customer: Customer; target: SimMessage | null; targetId: string; emoji: string }
  | { type: 'edit'; id: string; at: number; customer: Customer; targetId: string; text: string }
  | { type: 'revoke'; id: string; at: number; customer: Customer; targetId: string }
  | { type: 'status'; message: SimMessage; customer: Customer; status: Progress; at: number }
  /** A message which the business wrote in its own phone app. */
  | { type: 'echo'; message: SimMessage; customer: Customer }
