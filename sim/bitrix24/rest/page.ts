/** Lists as REST tells them: 50 at a time. */

/** A page of a list: `total` and `next` stand beside the result. */
export class Page {
  items: unknown
  total: number
  next: number | undefined
  constructor(items: unknown, total: number, next: number | undefined) {
    this.items = items
    this.total = total
    this.next = next
  }
}

const PAGE_SIZE = 50

/** 50 of a list, from `start`; `start: -1` does not count. */
export function pageOf<T>(all: readonly T[], start: number, wrap: (items: T[]) => unknown = (items) => items): Page {
  const from = Math.max(0, start)
  const next = from + PAGE_SIZE < all.length && start !== -1 ? from + PAGE_SIZE : undefined
  return new Page(wrap(all.slice(from, from + PAGE_SIZE)), start === -1 ? -1 : all.length, next)
}
