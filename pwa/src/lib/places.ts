/** Where our customers are, first those with most of them. */
const COUNTRIES =
  'EC PE CO BO CL AR BR UY PY VE MX GT SV HN NI CR PA CU DO PR US CA ES PT GB FR DE IT NL BE CH IE AO MZ CV AU IN PH'.split(' ')

/** Countries by their names in a language; the first two on top, then by name. `kept` is always among them. */
export function countries(language: string, kept: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  const [first, second, ...others] = [...new Set([...COUNTRIES, kept])].map((code) => ({
    code,
    name: names.of(code) ?? code,
  }))
  const top = [first, second].filter((place) => place !== undefined)
  return [...top, ...others.toSorted((a, b) => a.name.localeCompare(b.name, language))]
}

/** Every time zone that this browser knows; `kept` is always among them. */
export function timeZones(kept: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), kept])].toSorted()
}
