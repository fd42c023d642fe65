/// <reference lib="webworker" />
/**
 * The words of the languages that this phone uses, for when there is no network. Those of the first language come with every
 * version; of another one they are kept once somebody reads it, and a new version brings them along before it takes over.
 */

/** What is kept beside the files that every phone gets. */
export const PARTS = 'parts'

/** Which language's words a file is; undefined for the first language's and for what is no file of words. */
export const otherLanguage = (url: string): string | undefined => /\.(en|pt)-[\w-]+\.js$/.exec(url)?.[1]

/** Keeps the words of some languages. Rejects when one of them cannot be fetched. */
export async function keepWords(words: readonly string[], languages: readonly unknown[]): Promise<void> {
  const parts = await caches.open(PARTS)
  for (const url of words) if (languages.includes(otherLanguage(url)) && !(await parts.match(url))) await parts.add(url)
}

/** The languages that were read with the version before. */
export async function languagesKept(): Promise<unknown[]> {
  return (await (await caches.open(PARTS)).keys()).map(({ url }) => otherLanguage(url))
}

/** Parts of the version before are of no use to this one. */
export async function dropOldParts(words: readonly string[]): Promise<void> {
  const parts = await caches.open(PARTS)
  for (const request of await parts.keys()) if (!words.includes(new URL(request.url).pathname)) await parts.delete(request)
}
