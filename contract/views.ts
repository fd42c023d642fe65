/** Sets of filters of the list of chats that somebody has named. Everybody has their own. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ViewId } from './ids.ts'

const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))

export const View = z.object({
  id: ViewId,
  name: z.string(),
  /** The query of the list's address, without the question mark. */
  query: z.string(),
})
export type View = z.infer<typeof View>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary: 'One’s own views of the list of chats',
  may: 'chats.read',
  input: z.object({}),
  returns: z.object({ items: z.array(View) }),
})

export const addView = endpoint({
  method: 'POST',
  path: '/views',
  summary: 'Names the filters of the list. For people: a machine’s key has no views',
  may: 'chats.read',
  input: z.object({ name: Name, query: z.string().check(z.minLength(1), z.maxLength(500)) }),
  returns: View,
})

export const changeView = endpoint({
  method: 'PATCH',
  path: '/views/:viewId',
  summary: 'Renames one of one’s own views, or puts it away',
  may: 'chats.read',
  input: z.object({ viewId: ViewId, name: z.optional(Name), archived: z.optional(z.literal(true)) }),
  returns: View,
})
