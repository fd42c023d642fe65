/**
 * Does one thing at a time, as often as needed: asked while it is at it, it does it once more. What it does never throws
 * further: `failed` hears of it. `gather`: waited for before each time, so that what is asked for meanwhile is done with it.
 */
export class Pump {
  private running = false
  private again = false
  private readonly work: () => Promise<void>
  private readonly failed: (error: unknown) => Promise<void> | void
  private readonly gather: () => Promise<void>

  constructor(
    work: () => Promise<void>,
    failed: (error: unknown) => Promise<void> | void,
    gather: () => Promise<void> = async () => undefined,
  ) {
    this.work = work
    this.failed = failed
    this.gather = gather
  }

  /** Resolves when nothing that was asked for until now is left. */
  async run(): Promise<void> {
    this.again = true
    if (this.running) return
    this.running = true
    try {
      while (this.again) {
        await this.gather()
        this.again = false
        await this.work()
      }
    } catch (error) {
      await this.failed(error)
    } finally {
      this.running = false
    }
  }
}
