/** When a newer version of the app may take over. Loading again interrupts whoever is in the middle of something. */

/** What the person is in the middle of. `isVisible`: the app is on the screen. */
export type Doing = {
  hasText: boolean
  isRecording: boolean
  isListening: boolean
  isUploading: boolean
  isSheetOpen: boolean
  isVisible: boolean
}

/** `say`: the person is asked, and decides. `take`: nobody looks and nothing is under way, so nobody notices. */
export type Step = 'nothing' | 'say' | 'take'

/** Whether loading the app again would break off something. What is typed is stored, and still it would be in the way. */
export function isBusy({ hasText, isRecording, isListening, isUploading, isSheetOpen }: Doing): boolean {
  return hasText || isRecording || isListening || isUploading || isSheetOpen
}

/** What to do about a version that waits. */
export function stepOf(doing: Doing): Step {
  if (isBusy(doing)) return 'nothing'
  return doing.isVisible ? 'say' : 'take'
}

const CHECK_EVERY_MS = 30 * 60_000

/** Whether to ask the server for a newer version: when the app comes to the screen, and not again soon. */
export function isTimeToCheck(isVisible: boolean, checkedAt: number, now: number): boolean {
  return isVisible && now - checkedAt >= CHECK_EVERY_MS
}
