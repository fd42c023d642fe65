/**
 * WhatsApp Web, simulated: the server that linked devices talk to, and the phones behind it. It speaks to the unmodified
 * library and never runs in a process that runs the library's client: libsignal has one queue per address for all.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { WebSocketServer } from 'ws'
import type { Sim, WebPort } from '../sim.ts'
import { makeIdentity } from './certificate.ts'
import { commandsFor } from './control.ts'
import { makeDevices } from './devices.ts'
import { makeFaults } from './faults.ts'
import { makeHandsets } from './handset.ts'
import { openLine } from './line.ts'
import type { Listener } from './line.ts'
import { startMediaHost } from './media-host.ts'
import { makePeople } from './people.ts'
import { listenTo } from './reception.ts'
import type { Service } from './service.ts'
import { openShelf } from './shelf.ts'
import { mendSignal } from './signal.ts'
import { makeCertificate } from './tls.ts'
import type { Certificate } from './tls.ts'
import { makeTeller } from './teller.ts'
import { makeMessageId } from './to-client.ts'

export const PATH = '/whatsapp-web/ws/chat'

/** Begins to listen on the simulators' own port for clients, and on one more for files. */
export async function startWhatsappWeb(sim: Sim, server: Server, port: number, dataDir: string | null): Promise<WebPort> {
  mendSignal()
  const shelf = openShelf(dataDir)
  const faults = makeFaults()
  const devices = makeDevices(shelf)
  const certificate = keptCertificate(shelf.drawer<Certificate>('tls'), sim.now())
  const media = await startMediaHost({ port: port + 1, journal: sim.journal, faults, certificate })
  let aheadMs = 0
  const service: Service = {
    ...{ sim, shelf, faults, devices, media, people: makePeople(shelf), handsets: makeHandsets(shelf, devices) },
    ...{ waiting: new Map(), lines: new Set(), logins: new Map(), now: () => sim.now() + aheadMs },
  }
  const identity = makeIdentity(shelf, Math.floor(sim.now() / 1000))
  const sockets = new WebSocketServer({ noServer: true })
  const listener: Listener = listenTo(service)
  server.on('upgrade', (request, socket, head) => {
    const fault = faults.hit('refuse', null)
    const isOurs = new URL(request.url ?? '/', 'http://sim').pathname === PATH
    if (fault || !isOurs)
      return void socket.end(`HTTP/1.1 ${fault?.status ?? 404} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    sockets.handleUpgrade(request, socket, head, (ws) => service.lines.add(openLine(ws, identity, listener)))
  })
  const url = `ws://127.0.0.1:${port}${PATH}`
  const mediaCaFile = dataDir === null ? null : caFile(dataDir, certificate.cert)
  const about = { url, mediaCa: certificate.cert, mediaCaFile, rootKey: Buffer.from(identity.rootKey).toString('base64') }
  return {
    ...about,
    makeMessageId,
    commands: commandsFor(service, about, (ms) => {
      aheadMs = ms
    }),
    tell: makeTeller(service),
    forget() {
      for (const line of service.lines) line.cut()
      shelf.empty()
      faults.clear(null)
    },
    async close() {
      for (const line of service.lines) line.cut()
      sockets.close()
      await media.close()
      shelf.close()
    },
  }
}

function keptCertificate(
  drawer: { get(id: string): Certificate | undefined; put(id: string, value: Certificate): void },
  now: number,
): Certificate {
  const certificate = drawer.get('media') ?? makeCertificate(now)
  drawer.put('media', certificate)
  return certificate
}

function caFile(dataDir: string, pem: string): string {
  const file = join(dataDir, 'sim', 'whatsapp-web-ca.pem')
  mkdirSync(join(dataDir, 'sim'), { recursive: true })
  writeFileSync(file, pem)
  return file
}
