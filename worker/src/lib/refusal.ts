import { REFUSALS, type RefusalCode } from '#contract/errors.ts'

export type RefusalDetails = Record<string, string | number | boolean | null>

/** An expected "no" that a person can read. Anything else that is thrown is a defect. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly details: RefusalDetails | undefined
  /** Seconds after which it is worth asking again. */
  readonly retryAfter: number | undefined

  constructor(code: RefusalCode, details?: RefusalDetails, retryAfter?: number) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }

  get status(): number {
    return REFUSALS[this.code]
  }
}
