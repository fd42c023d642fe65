/** Sets of filters of the list of chats that somebody has named: their own, or shared with the company. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ViewId } from './ids.ts'

const Name = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))

export const View = z.object({
  id: ViewId,
  name: z.string(),
  /** The query of the list's address, without the question mark. */
  query: z.string(),
  /** The company's: everybody has it in their list, and finds in it what they may see. */
  shared: z.boolean(),
  /** Made by the caller. */
  mine: z.boolean(),
})
export type View = z.infer<typeof View>

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary:
    'One’s own views of the list of chats, then the company’s. One that names a label or a number that one does not see is not there',
  may: 'chats.read',
  input: z.object({}),
  returns: z.object({ items: z.array(View) }),
})

export const addView = endpoint({
  method: 'POST',
  path: '/views',
  summary:
    'Names the filters of the list; `shared` for the whole company needs `views.share`. For people: a machine’s key has no views',
  may: 'chats.read',
  input: z.object({ name: Name, query: z.string().check(z.minLength(1), z.maxLength(500)), shared: z.optional(z.boolean()) }),
  returns: View,
})

export const changeView = endpoint({
  method: 'PATCH',
  path: '/views/:viewId',
  summary:
    'Renames a view, shares it or keeps it to its owner again, or puts it away. The company’s are changed by who has `views.share`',
  may: 'chats.read',
  input: z.object({
    viewId: ViewId,
    name: z.optional(Name),
    shared: z.optional(z.boolean()),
    archived: z.optional(z.literal(true)),
  }),
  returns: View,
})
