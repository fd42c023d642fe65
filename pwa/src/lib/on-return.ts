/** Runs once, when the person looks at the app again: what was done in another window may be found out then. */
export function onReturn(run: () => void): void {
  const look = () => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', look)
    run()
  }
  document.addEventListener('visibilitychange', look)
}
