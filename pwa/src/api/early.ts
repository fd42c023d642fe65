/** What public/start.js asked for before the app's own scripts were here. */
declare global {
  interface Window {
    early?: Record<string, Promise<Response>>
  }
}

export type Asking = { at: number; early: (url: string) => Promise<Response | null> | undefined }

/** Whoever has just signed in gets nothing that was asked for before: it was not theirs. */
export function forgetEarly(): void {
  delete window.early
}

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
      // A network that has failed once, or a session that had ended, is asked again.
      return answer.then(
        (response) => (response.ok ? response : null),
        () => null,
      )
    },
  }
  return asking
}
