/** `npm start`: the whole product, with nothing else installed and no account anywhere. */
import { startHouse } from './house.ts'

const env = process.env

function portOf(name: string, otherwise: number): number {
  const port = Number(env[name] ?? otherwise)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port between 1 and 65535, not "${env[name]}"`)
  return port
}

try {
  const startedAt = Date.now()
  const house = await startHouse({
    dataDir: env['DATA_DIR'] ?? '.data',
    port: portOf('PORT', 8787),
    simPort: portOf('SIM_PORT', 8788),
    demo: env['DEMO'] !== '0',
    logs: env['LOG_LEVEL'] !== undefined,
    env,
    say: (line) => console.log(line),
  })
  console.log(`\n  WhatsappB24 está en marcha (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`)
  console.log(`  Aplicación            ${house.address}`)
  if (house.demo) {
    console.log(`  Teléfono del cliente  ${house.demo.simulators.phone}`)
    console.log('\n  Para entrar (demostración):')
    for (const { role, email, password } of house.demo.people)
      console.log(`    ${role.padEnd(14)} ${email.padEnd(24)} ${password}`)
  }
  console.log('\n  Ctrl-C lo detiene; los datos quedan guardados.\n')

  let leaving = false
  const leave = (): void => {
    if (leaving) return
    leaving = true
    void house.stop().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(error.message)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
} catch (error) {
  console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
