/** Calling codes of the countries that we know the national way of writing numbers of; the others are typed with `+`. */
export const CALLING: Readonly<Record<string, string>> = {
  EC: '593',
  PE: '51',
  CO: '57',
  CL: '56',
  MX: '52',
  AR: '54',
  BR: '55',
  US: '1',
}
