/** `npm start`: the whole product, with nothing else installed and no account anywhere. */
import { startHouse, type House } from './house.ts'

const env = process.env
const ROLES = { administrator: 'administradora', supervisor: 'supervisora', agent: 'agente' }

function portOf(name: string, otherwise: number): number {
  const port = Number(env[name] ?? otherwise)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} debe ser un puerto entre 1 y 65535, no «${env[name]}»`)
  return port
}

function greet(house: House, seconds: number): void {
  console.log(`\n  WhatsappB24 está en marcha (${seconds.toFixed(1)} s)\n`)
  console.log(`  Aplicación            ${house.address}`)
  if (house.demo) {
    console.log(`  Teléfono del cliente  ${house.demo.simulators.phone}`)
    console.log(`  Teléfono de empresa   ${house.demo.simulators.owner}`)
    console.log(`  Portal de Bitrix24    ${house.demo.simulators.bitrix24}`)
    console.log('\n  Para entrar (demostración):')
    for (const { role, email, password } of house.demo.people) {
      console.log(`    ${ROLES[role].padEnd(14)}  ${email.padEnd(22)}  ${password}`)
    }
  }
  console.log('\n  Ctrl-C lo detiene; los datos quedan guardados.\n')
}

let house: House | null = null
let leaving = false

function leave(): void {
  if (leaving) return
  leaving = true
  // Not up yet: what was started notices by itself that we are gone.
  if (!house) process.exit(1)
  house.stop().then(
    () => process.exit(0),
    (error: Error) => {
      console.error(error.message)
      process.exit(1)
    },
  )
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)
// Who runs us and would rather not wait for the clock (e2e/outside.ts): what it starts each minute, now.
process.on('SIGUSR2', () => house?.worker.minute())

try {
  const startedAt = Date.now()
  house = await startHouse({
    dataDir: env['DATA_DIR'] || '.data',
    port: portOf('PORT', 8787),
    simPort: portOf('SIM_PORT', 8788),
    demo: env['DEMO'] !== '0',
    sessions: true,
    logs: Boolean(env['LOG_LEVEL']),
    env,
    say: (line) => console.log(`  ${line}`),
  })
  greet(house, (Date.now() - startedAt) / 1000)
} catch (error) {
  console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
