import { expect, test } from 'vitest'
import { MEDIA_MAX_BYTES } from '#contract/media.ts'
import { checkUpload, detectFile } from './file-kind.rules.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'

/** Bytes from texts and numbers, one after the other. */
function bytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (c) => c.charCodeAt(0)) : part)))
}

const zeros = (count: number) => Array.from({ length: count }, () => 0)
const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const box = (type: string, ...content: (string | number[])[]) => {
  const inside = bytes(...content)
  return bytes(u32(inside.length + 8), type, [...inside])
}
const handler = (kind: string) => [...box('hdlr', [0, 0, 0, 0, 0, 0, 0, 0], kind, [0, 0, 0, 0])]
const mp4 = (brand: string, ...handlers: string[]) =>
  bytes([...box('ftyp', brand, u32(512))], [...box('mdat', 'x'.repeat(100))], [...box('moov', ...handlers.map(handler))])

const entry = (name: string) => bytes([0x50, 0x4b, 3, 4], zeros(22), [name.length, 0, 0, 0], name, 'data')
const zip = (...names: string[]) => bytes(...names.map((name) => [...entry(name)]))
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const utf16 = (text: string) => Array.from(text).flatMap((c) => [c.charCodeAt(0), 0])
const ogg = (codec: string) => bytes('OggS', zeros(24), codec)

const SAMPLES: [what: string, head: Uint8Array, mime: string, kind: string][] = [
  ['a photo', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF'), 'image/jpeg', 'image'],
  ['a screenshot', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png', 'image'],
  ['an animation', bytes('GIF89a'), 'image/gif', 'image'],
  ['a sticker', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '), 'image/webp', 'sticker'],
  ['an iPhone photo', bytes(u32(24), 'ftypheic'), 'image/heic', 'image'],
  ['a voice note', ogg('OpusHead'), 'audio/ogg', 'voice'],
  ['an old ogg song', ogg('\x01vorbis'), 'audio/vorbis', 'audio'],
  ['a song with a tag', bytes('ID3', [4, 0]), 'audio/mpeg', 'audio'],
  ['a song without a tag', bytes([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg', 'audio'],
  ['an AAC stream', bytes([0xff, 0xf1, 0x50, 0x80]), 'audio/aac', 'audio'],
  ['a recording of an old phone', bytes('#!AMR\n'), 'audio/amr', 'audio'],
  ['a wave file', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt '), 'audio/wav', 'audio'],
  ['an iPhone recording whose index is not in sight', bytes(u32(24), 'ftypM4A '), 'audio/mp4', 'audio'],
  ['an Android recording under a film brand', mp4('isom', 'soun'), 'audio/mp4', 'audio'],
  ['a film', mp4('isom', 'soun', 'vide'), 'video/mp4', 'video'],
  ['a film under a recording brand', mp4('M4A ', 'vide'), 'video/mp4', 'video'],
  ['a film of an old phone', mp4('3gp4', 'vide'), 'video/3gpp', 'video'],
  ['a browser recording', bytes([0x1a, 0x45, 0xdf, 0xa3]), 'video/webm', 'video'],
  ['a PDF', bytes('%PDF-1.7\n'), 'application/pdf', 'document'],
  ['a Word file', zip('[Content_Types].xml', '_rels/.rels', 'word/document.xml'), DOCX, 'document'],
  ['an Excel file', zip('[Content_Types].xml', 'xl/workbook.xml'), XLSX, 'document'],
  ['a PowerPoint file', zip('[Content_Types].xml', 'ppt/presentation.xml'), PPTX, 'document'],
  ['another ZIP', zip('setup.exe', 'word/notes.txt'), 'application/zip', 'document'],
  ['an old Word file', bytes(OLE, utf16('Root Entry'), utf16('WordDocument')), 'application/msword', 'document'],
  ['an old Excel file', bytes(OLE, utf16('Workbook')), 'application/vnd.ms-excel', 'document'],
  ['an old PowerPoint file', bytes(OLE, utf16('PowerPoint Document')), 'application/vnd.ms-powerpoint', 'document'],
  ['a text', new TextEncoder().encode('Lista de precios: café, piña'), 'text/plain', 'document'],
  ['a text cut inside a letter', new TextEncoder().encode('piñ').subarray(0, 3), 'text/plain', 'document'],
  ['a web page', bytes('  <!DOCTYPE html><html>'), 'text/html', 'document'],
  ['a drawing that can run scripts', bytes('<?xml version="1.0"?><svg onload="x()">'), 'image/svg+xml', 'document'],
]

test.each(SAMPLES)('%s is known by its bytes', (_what, head, mime, kind) => {
  expect(detectFile(head)).toEqual({ mime, kind })
})

test('programs, nothing at all and broken text are not known', () => {
  for (const head of [
    bytes(),
    bytes('MZ', [0x90, 0]),
    bytes([0x7f], 'ELF', [1, 0]),
    bytes([0xff, 0xfe, 0x41, 0]),
    bytes('ab', [0xc3, 0x28]),
  ])
    expect(detectFile(head)).toBeNull()
})

test('any first bytes give an answer, whatever follows a signature', () => {
  for (const [, head] of SAMPLES)
    for (let length = 0; length < Math.min(head.length, 64); length++) detectFile(head.subarray(0, length))
  const endless = bytes(u32(16), 'ftypisom', u32(512), u32(1), 'free', u32(0xffffffff), u32(0xffffffff))
  expect(detectFile(endless)).toEqual({ mime: 'video/mp4', kind: 'video' })
})

const jpeg = { mime: 'image/jpeg', kind: 'image' } as const

test('a photo under its own name and type is taken', () => {
  expect(checkUpload(jpeg, 'image/jpeg', 'foto.JPG', 120_000)).toEqual({ ok: true, ...jpeg })
  expect(checkUpload(jpeg, 'image/jpg', null, 120_000)).toMatchObject({ ok: true })
  expect(checkUpload(jpeg, 'application/octet-stream', 'foto', 120_000)).toMatchObject({ ok: true })
})

test('a file that says it is something else is refused', () => {
  expect(checkUpload(jpeg, 'application/pdf', 'factura.pdf', 1000)).toEqual({ ok: false, code: 'media_mismatch' })
  expect(checkUpload(jpeg, 'image/jpeg', 'foto.jpg.exe', 1000)).toEqual({ ok: false, code: 'media_mismatch' })
  expect(checkUpload({ mime: 'video/mp4', kind: 'video' }, 'audio/mp4', 'nota.m4a', 1000)).toEqual({
    ok: false,
    code: 'media_mismatch',
  })
})

test('what WhatsApp does not take is refused, and so is what nobody knows', () => {
  for (const detected of [
    null,
    { mime: 'image/gif', kind: 'image' },
    { mime: 'application/zip', kind: 'document' },
    { mime: 'text/html', kind: 'document' },
  ] as const)
    expect(checkUpload(detected, '', null, 1000)).toEqual({ ok: false, code: 'media_kind_not_allowed' })
})

test.each(['image', 'audio', 'voice', 'document'] as const)('the limit of an %s is its own, to the byte', (kind) => {
  const mime = { image: 'image/png', audio: 'audio/mpeg', voice: 'audio/ogg', document: 'application/pdf' }[kind]
  expect(checkUpload({ mime, kind }, mime, null, MEDIA_MAX_BYTES[kind])).toMatchObject({ ok: true })
  expect(checkUpload({ mime, kind }, mime, null, MEDIA_MAX_BYTES[kind] + 1)).toEqual({ ok: false, code: 'media_too_large' })
})

test('a voice note of a phone keeps its kind, whatever the phone calls it', () => {
  for (const declared of ['audio/ogg; codecs=opus', 'audio/opus', 'application/ogg'])
    expect(checkUpload({ mime: 'audio/ogg', kind: 'voice' }, declared, 'nota.opus', 9000)).toEqual({
      ok: true,
      mime: 'audio/ogg',
      kind: 'voice',
    })
})

test('a list of prices in CSV goes as plain text, also from Windows', () => {
  const text = { mime: 'text/plain', kind: 'document' } as const
  for (const declared of ['text/csv', 'application/vnd.ms-excel', ''])
    expect(checkUpload(text, declared, 'precios.csv', 900)).toMatchObject({ ok: true })
  expect(checkUpload(text, 'application/vnd.ms-excel', 'precios.xls', 900)).toEqual({ ok: false, code: 'media_mismatch' })
})

test('an old Office file whose directory was not read is told by its name, and by nothing else', () => {
  const old = { mime: 'application/x-ole-storage', kind: 'document' } as const
  expect(checkUpload(old, 'application/msword', 'carta.doc', 900)).toEqual({
    ok: true,
    mime: 'application/msword',
    kind: 'document',
  })
  expect(checkUpload(old, 'application/x-msi', 'setup.msi', 900)).toEqual({ ok: false, code: 'media_kind_not_allowed' })
})
