import { render } from 'solid-js/web'
import { startSession } from './api/session.ts'
import { App } from './app.tsx'
import { afterPaint } from './lib/after-paint.ts'
import { keepInstallEvent } from './install/install-event.ts'
import { startClock } from './lib/clock.ts'
import { whenMissing } from './lib/lazy-part.ts'
import { startTheme } from './lib/theme.ts'
import { startText } from './text/first.ts'
import { registerWorker, replaceIfOld } from './worker/register.ts'

startTheme()
whenMissing(replaceIfOld)
keepInstallEvent()
startClock()
void startSession()
// The first date that a browser writes costs it more than a screen of rows: before the rows, while the server is being heard.
setTimeout(() => new Date().toLocaleTimeString())
// Words first: nothing is drawn without them, and they come from the cache of the worker.
await startText()

const root = document.getElementById('root')
if (root) render(() => <App />, root)
endSplash()
registerWorker()
// The other words and screens, before anybody asks for them; what does not come now is asked for again where it is needed.
afterPaint(
  () =>
    void Promise.all([
      import('./text/text.ts').then(({ loadText }) => loadText()),
      import('./later-screens.tsx'),
      import('./still.ts').then(({ keepStills }) => root && keepStills(root)),
    ])
      .catch(() => undefined)
      // Last of all, where they are not on the phone yet (src/styles/fonts.css).
      .then(() => (document.documentElement.dataset['fonts'] = '')),
)

/** What stands in the page goes once there is something to read. A selector that says so would look at every later change, too. */
function endSplash(): void {
  const still = document.getElementById('still')
  const isDrawn =
    root?.querySelector('main, nav, [role=alert]') &&
    !(still && root.querySelector('.skeleton, ul:empty, [role=log] > :empty + :empty'))
  if (!isDrawn) return void requestAnimationFrame(endSplash)
  still?.remove()
  document.getElementById('splash')?.remove()
}
