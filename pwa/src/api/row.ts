import type { InputOf, Method, OutputOf } from '#contract/endpoint.ts'

/** A row of the contract as the phone needs it. `types` exists for the compiler only. */
export type Row<Input, Output> = { method: Method; path: string; types?: { input: Input; output: Output } }

/** Method and path of an endpoint, with its types. */
/* @__NO_SIDE_EFFECTS__ */
export function row<E>(method: Method, path: string): Row<InputOf<E>, OutputOf<E>> {
  return { method, path }
}
