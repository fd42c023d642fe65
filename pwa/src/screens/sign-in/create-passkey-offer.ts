import { onCleanup, onMount } from 'solid-js'
import { ApiProblem } from '../../api/problem.rules.ts'
import { hasPasskeyAutofill, hasPasskeys, signInByPasskey, stopPasskeyAutofill } from '../../api/passkeys.ts'

/** The server forgets a challenge after five minutes. */
const RENEW_MS = 4 * 60_000

/** Offers passkeys inside the e-mail field while the screen is open. What fails quietly here has a button as well. */
export function createPasskeyOffer(signedIn: () => void, refused: (error: unknown) => void): void {
  if (!hasPasskeys()) return
  let isGone = false
  let isOffered = false

  async function offer() {
    if (!(await hasPasskeyAutofill()) || isGone || document.hidden) return
    isOffered = true
    try {
      if ((await signInByPasskey(true)) && !isGone) signedIn()
    } catch (error) {
      // Before the person chose one, a failure is not theirs to read: what the server refused, they chose.
      const isTheirs = error instanceof ApiProblem && error.code === 'passkey_refused' && error.status > 0
      if (isTheirs && !isGone) refused(error)
    }
  }

  onMount(() => void offer())
  const timer = setInterval(() => void offer(), RENEW_MS)
  onCleanup(() => {
    isGone = true
    clearInterval(timer)
    if (isOffered) void stopPasskeyAutofill()
  })
}
