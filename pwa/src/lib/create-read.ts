import { createResource, type InitializedResourceReturn } from 'solid-js'

/**
 * Something that is read for a screen, by its `latest`: undefined until it is there. Solid's own resource hides the whole screen
 * around it until then, what is shown already with the rest.
 */
export function createRead<T, S>(
  source: () => S | false | null | undefined,
  read: (of: S) => T | Promise<T>,
): InitializedResourceReturn<T | undefined> {
  return createResource<T | undefined, S>(source, read, { initialValue: undefined })
}

/** For what depends on nothing. */
export const once = (): true => true
