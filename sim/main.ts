/**
 * `node sim/main.ts`: the simulators as a process. SIM_PORT, DATA_DIR (empty: in memory) and APP_ORIGIN say where,
 * STRIPE_HOOK_SECRET what Stripe's events to the product are signed with.
 */
import { startSimulators } from './server.ts'

const { SIM_PORT = '8788', DATA_DIR, APP_ORIGIN = 'http://127.0.0.1:8787', STRIPE_HOOK_SECRET } = process.env

const simulators = await startSimulators({
  port: Number(SIM_PORT),
  dataDir: DATA_DIR || null,
  appOrigin: APP_ORIGIN,
  whatsappWeb: true,
  ...(STRIPE_HOOK_SECRET && { stripe: { hook: { url: `${APP_ORIGIN}/hooks/stripe`, secret: STRIPE_HOOK_SECRET } } }),
})
console.log(`Simulators at ${simulators.origin} (commands: /control)`)
console.log(`Customer's phone at ${simulators.origin}/phone/, business's phone at ${simulators.origin}/phone/owner`)
console.log(
  `WhatsApp Web at ${simulators.web?.url} (files: trust ${simulators.web?.mediaCaFile ?? 'mediaCa of /control/whatsapp-web'})`,
)
// Whoever started us as a child waits for this word.
process.send?.({
  ready: true,
  origin: simulators.origin,
  web: simulators.web && { url: simulators.web.url, mediaCa: simulators.web.mediaCa },
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulators.close().then(() => process.exit(0)))
}
