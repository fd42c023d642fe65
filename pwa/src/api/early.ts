/** What public/start.js asked for before the app's own scripts were here. */
declare global {
  interface Window {
    early?: Record<string, Promise<Response>>
  }
}

export type Asking = { at: number; early: (url: string) => Promise<Response> | undefined }

/**
 * For a read that may take an answer which is on its way already; each is given once. `at`: the moment of the desk at which
 * it was asked for, which is before the desk was there: whatever was heard since is newer.
 */
export function mayBeEarly(moment: number): Asking {
  const asking: Asking = {
    at: moment,
    early(url) {
      const answer = window.early?.[url]
      if (!answer) return undefined
      delete window.early?.[url]
      asking.at = 0
      return answer
    },
  }
  return asking
}
