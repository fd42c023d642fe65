/** Lower case without accents: how names are compared, as the server's `plain` does. */
export function plainWords(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
