/** What a simulator is to do wrong, one after another, and how often still. */
export type Counted = { id: number; /** For how many more; null: until it is taken away. */ next: number | null }

/** `Omit` would forget what each kind of mischief has of its own. */
export type Unnamed<M extends Counted> = Omit<M, 'id'>

export function countMischiefs<M extends Counted>(named: (mischief: Unnamed<M>, id: number) => M) {
  const current: M[] = []
  let count = 0
  return {
    add(mischief: Unnamed<M>): M {
      count += 1
      const added = named(mischief, count)
      current.push(added)
      return added
    },
    /** Takes away those that are not to be kept. */
    clear(keeps: (one: M) => boolean = () => false): void {
      current.splice(0, current.length, ...current.filter(keeps))
    },
    all: (): M[] => [...current],
    /** The first that fits, and is not over; it is counted. */
    judge(fits: (one: M) => boolean): M | undefined {
      const hit = current.find((one) => one.next !== 0 && fits(one))
      if (hit && hit.next !== null) hit.next -= 1
      return hit
    },
  }
}
