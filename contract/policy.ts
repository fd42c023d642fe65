/** Content policy, the same words on the phone and at the edge. */

const SCHEME = /\b(?:https?|ftp):\/\/\S/i
const WWW = /(?:^|[^\w@.-])www\.[a-z0-9-]+\.[a-z]/i
/** A bare domain: `tienda.com`, `wa.me/593…`. Not an e-mail address, not a number, not `hola.como`. */
const BARE =
  /(?:^|[^\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.)+(?:com|net|org|info|biz|io|me|app|dev|ly|gl|link|site|online|store|shop|xyz|ai|tv|gov|edu|ec|pe|co|cl|mx|ar|br|us|es|uk|pt)(?![\w-])(?!\.\w)/i

/** Does this text hold a web link? Linear in the length of the text. */
export function hasLink(text: string): boolean {
  return SCHEME.test(text) || WWW.test(text) || BARE.test(text)
}
