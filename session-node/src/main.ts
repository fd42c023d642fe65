/** `node session-node/src/main.ts`: keeps WhatsApp Web sessions for the account whose token it has. README.md tells how to run it. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { DEFAULT_CONNECTION_CONFIG, fetchLatestWaWebVersion } from 'baileys'
import { pino } from 'pino'
import { settingsFrom } from './env.ts'
import { Fleet } from './fleet.ts'
import { SessionLink } from './link.ts'
import { NumberKeeper } from './number.ts'
import { turnFor } from './supervisor.rules.ts'
import { fieldsOf } from './untrusted.rules.ts'

const settings = settingsFrom(process.env)
if ('wrong' in settings) {
  process.stderr.write(`${settings.wrong.join('\n')}\n`)
  process.exit(1)
}

const { name, capacity, token, whatsappUrl, timeScale } = settings
const log = pino({ level: settings.logLevel })
// The library prints stanzas, with people's numbers in them: only who asks for everything sees them.
const logger = log.child({ part: 'library' }, { level: settings.logLevel === 'debug' ? 'debug' : 'silent' })
const address = settings.workerUrl.replace(/^http/, 'ws')
const id = randomUUID()
const ownVersion = String(fieldsOf(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))['version'])

/** The turns to connect that were given out last. */
let turns: number[] = []
function turnMs(): number {
  const now = Date.now()
  const turn = turnFor(turns, now)
  turns = [...turns, turn].slice(-10)
  return turn - now
}

/** The real one tells its newest version; a test's server takes any. */
async function newestVersion() {
  if (whatsappUrl !== DEFAULT_CONNECTION_CONFIG.waWebSocketUrl) return null
  const { version, isLatest } = await fetchLatestWaWebVersion()
  return isLatest ? version : null
}

const fleet = new Fleet({
  ...{ id, name, version: ownVersion, capacity, address, token, timeScale },
  unknown() {
    log.error('the Worker does not let this program in: SESSION_NODE_TOKEN is wrong, or its access was taken away')
  },
  keep(channelId, over) {
    log.info({ channelId }, 'a number is kept here')
    const keeper = new NumberKeeper({
      ...{ whatsappUrl, token, logger, timeScale, newestVersion, turnMs },
      over() {
        log.info({ channelId }, 'a number has left')
        over()
      },
    })
    keeper.attach(new SessionLink({ address, token, node: id, channelId, timeScale }, keeper))
    return { stop: () => keeper.finish() }
  },
})
log.info({ name, capacity, worker: settings.workerUrl }, 'sessions are kept')
// Whoever started us as a child waits for this word.
process.send?.({ ready: true })

function leave(): void {
  void fleet.leave().then(() => process.exit(0))
}
process.once('SIGINT', leave)
process.once('SIGTERM', leave)
