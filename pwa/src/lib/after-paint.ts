/** Opened by its address, as from a notification, a chat is drawn last of all: what can wait lets it pass. */
const LETS_PASS_MS = /^\/chats\/./.test(location.pathname) ? 1_000 : 0
const START_MS = 2_000

/** Runs what the first picture does not need, once that picture is on the screen. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run, performance.now() < START_MS ? LETS_PASS_MS : 0))
}
