/** What lets each number send: its own subscription. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'

export const whomToAsk = endpoint({
  method: 'GET',
  path: '/subscriptions/payers',
  summary: 'Who of the company can pay for a number: for whoever cannot, and finds that it sends nothing',
  may: 'signed-in',
  input: z.object({}),
  returns: z.object({ names: z.array(z.string()) }),
})
