/** When a UUIDv7 was made, in milliseconds since 1970. */
export function timeOfUuid(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}
