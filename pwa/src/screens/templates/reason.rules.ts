/** A provider's reason in words: a code that we know is explained, and what it wrote beside it stays. */
export function reasonWords(reason: string, known: Readonly<Record<string, string>>): string {
  const [code = '', ...rest] = reason.split('. ')
  const explained = known[code]
  return explained === undefined ? reason : [explained, ...rest, `(${code})`].join(' ')
}
