import * as z from 'zod/mini'

/** A keyset page. `next` is opaque: pass it back as `cursor` (or `before`) for the following page; null at the end. */
export function page<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), next: z.nullable(z.string()) })
}

/** A cursor that somebody hands back: opaque, bounded. */
export const Cursor = z.string().check(z.maxLength(200))
