import type * as z from 'zod/mini'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One row of the table that server, phone, tests and the OpenAPI page all read.
 * `input` is one object: names in the path fill the path, the rest is the query (GET) or the JSON body.
 * `may` is the permission that the caller must hold; `signed-in` asks for a session only; `anyone` for nothing.
 */
export type Endpoint<Input extends z.ZodMiniType = z.ZodMiniType, Output extends z.ZodMiniType = z.ZodMiniType> = {
  method: Method
  /** Below `/api`, with `:name` for a path parameter. */
  path: `/${string}`
  summary: string
  may: Permission | 'signed-in' | 'anyone'
  input: Input
  returns: Output
  /** How large its JSON body may be, where that is more than usual. */
  maxBytes?: number
}

/** Declares an endpoint and keeps its exact types. */
export function endpoint<Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  row: Endpoint<Input, Output>,
): Endpoint<Input, Output> {
  return row
}

export type InputOf<E> = E extends Endpoint<infer I, z.ZodMiniType> ? z.input<I> : never
export type ParsedOf<E> = E extends Endpoint<infer I, z.ZodMiniType> ? z.output<I> : never
export type OutputOf<E> = E extends Endpoint<z.ZodMiniType, infer O> ? z.output<O> : never
