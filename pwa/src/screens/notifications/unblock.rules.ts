/** Where a browser keeps the switch that lets notifications in again. */
export type Way = 'chromeAndroid' | 'installedAndroid' | 'apple' | 'firefox' | 'safari' | 'desktop'

export function wayToUnblock(userAgent: string, isInstalled: boolean): Way {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple'
  if (/Android/.test(userAgent)) {
    if (isInstalled) return 'installedAndroid'
    return /Firefox\//.test(userAgent) ? 'firefox' : 'chromeAndroid'
  }
  if (/Firefox\//.test(userAgent)) return 'firefox'
  return /Safari\//.test(userAgent) && !/Chrome\//.test(userAgent) ? 'safari' : 'desktop'
}
