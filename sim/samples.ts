/** Files that a newcomer can send without having any: a picture, a PDF and a voice note, made here. */
import { crc32, deflateSync } from 'node:zlib'
import { oggOpus } from './lib/ogg.ts'
import { onePage } from './lib/pdf.ts'

type Sample = { bytes: Uint8Array; mime: string; name: string }

/** The sample of a kind; undefined where there is none (video, sticker). */
export function sampleFile(kind: string): Sample | undefined {
  if (kind === 'image') return { bytes: picture(320, 200), mime: 'image/png', name: 'foto.png' }
  if (kind === 'document')
    return {
      bytes: onePage(['Comprobante de pago', 'Rosa Huaman', 'Total: $ 184,20']),
      mime: 'application/pdf',
      name: 'comprobante.pdf',
    }
  if (kind === 'voice' || kind === 'audio') return { bytes: silence(3), mime: 'audio/ogg', name: 'nota.ogg' }
  return undefined
}

/** A PNG with a soft gradient and a stripe. */
function picture(width: number, height: number): Uint8Array {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3
      const isStripe = (x + y) % 48 < 8
      rows.set(isStripe ? [242, 183, 58] : [44 + (x * 120) / width, 58 + (y * 90) / height, 145], at)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // 8 bits, RGB: what WhatsApp takes.
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, sum])
}

/** A voice note of so many seconds in which nobody speaks. */
function silence(seconds: number): Uint8Array {
  // 20 ms of Opus silence (RFC 6716: a CELT frame without energy).
  const frame = Buffer.from([0xf8, 0xff, 0xfe])
  return oggOpus(
    Array.from({ length: seconds * 50 }, () => ({ bytes: frame, samples: 960 })),
    1,
  )
}
