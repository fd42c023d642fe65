import { render } from 'solid-js/web'
import { startSession } from './api/session.ts'
import { App } from './app.tsx'
import { startClock } from './lib/clock.ts'
import { startTheme } from './lib/theme.ts'
import { startText } from './text/text.ts'
import { registerWorker } from './worker/register.ts'

startTheme()
startClock()
void startSession()
// Words first: nothing is drawn without them, and they come from the cache of the worker.
await startText()

const root = document.getElementById('root')
if (root) render(() => <App />, root)
registerWorker()
