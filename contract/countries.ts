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

/** What people count money in there; dollars where nothing else is known. */
const CURRENCY: Readonly<Record<string, string>> = {
  ...{ PE: 'PEN', CO: 'COP', CL: 'CLP', MX: 'MXN', AR: 'ARS', BR: 'BRL', BO: 'BOB', UY: 'UYU', PY: 'PYG', VE: 'VES', GT: 'GTQ' },
  ...{ HN: 'HNL', NI: 'NIO', CR: 'CRC', CU: 'CUP', DO: 'DOP', CA: 'CAD', GB: 'GBP', CH: 'CHF', AO: 'AOA', MZ: 'MZN', CV: 'CVE' },
  ...{ AU: 'AUD', IN: 'INR', PH: 'PHP', ES: 'EUR', PT: 'EUR', FR: 'EUR', DE: 'EUR', IT: 'EUR', NL: 'EUR', BE: 'EUR', IE: 'EUR' },
}

/** The currency of a country, as ISO 4217 names it. Ecuador, and whatever we do not know: dollars. */
export const currencyOf = (country: string): string => CURRENCY[country] ?? 'USD'
