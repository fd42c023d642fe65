import { expect, test } from 'vitest'
import { CAPTION_MAX as CONTRACT_CAPTION_MAX, TEXT_MAX as CONTRACT_TEXT_MAX } from '#contract/inbox.ts'
import { MEDIA_MAX_BYTES } from '#contract/media.ts'
import { CAPTION_MAX, judgeFile, judgeText, MAX_BYTES, TEXT_MAX } from './attach.rules.ts'

const STRICT = { allowVideo: false, allowLinks: false }
const OPEN = { allowVideo: true, allowLinks: true }
const file = (type: string, size = 1_000, name = 'archivo') => ({ name, type, size })

test('the limits are those of the contract', () => {
  expect(MEDIA_MAX_BYTES).toMatchObject(MAX_BYTES)
  expect([TEXT_MAX, CAPTION_MAX]).toEqual([CONTRACT_TEXT_MAX, CONTRACT_CAPTION_MAX])
})

test('a video is refused with its reason unless the number allows it', () => {
  expect(judgeFile(file('video/mp4'), STRICT)).toEqual({ why: 'video' })
  expect(judgeFile(file('video/mp4'), OPEN)).toEqual({ kind: 'video' })
})

test('pictures, PDF and audio may be attached, whatever the system says of a PDF', () => {
  expect(judgeFile(file('image/heic'), STRICT)).toEqual({ kind: 'image' })
  expect(judgeFile(file('audio/ogg'), STRICT)).toEqual({ kind: 'audio' })
  expect(judgeFile(file('application/pdf'), STRICT)).toEqual({ kind: 'document' })
  expect(judgeFile(file('', 10, 'Recibo.PDF'), STRICT)).toEqual({ kind: 'document' })
})

test('other files, empty ones and those over the limit are refused by name', () => {
  expect(judgeFile(file('application/zip', 10, 'a.zip'), OPEN)).toEqual({ why: 'kind', name: 'a.zip' })
  expect(judgeFile(file('audio/ogg', 0, 'a.ogg'), OPEN)).toEqual({ why: 'empty', name: 'a.ogg' })
  expect(judgeFile(file('audio/ogg', 16_000_001, 'a.ogg'), OPEN)).toEqual({ why: 'too-big', name: 'a.ogg', limit: 16_000_000 })
})

test('a picture of a good camera is not refused: it will be made smaller', () => {
  expect(judgeFile(file('image/jpeg', 12_000_000), STRICT)).toEqual({ kind: 'image' })
})

test('a link is refused unless the number allows it', () => {
  expect(judgeText('mire https://tienda.ec/oferta', false, STRICT)).toEqual({ why: 'link' })
  expect(judgeText('escriba a www.tienda.ec', false, STRICT)).toEqual({ why: 'link' })
  expect(judgeText('mire https://tienda.ec/oferta', false, OPEN)).toBeNull()
  expect(judgeText('Son $ 184.20, gracias. Mañana a las 10.', false, STRICT)).toBeNull()
})

test('a text over the limit is refused, and a caption has its own', () => {
  expect(judgeText('a'.repeat(4097), false, OPEN)).toEqual({ why: 'too-long', limit: 4096 })
  expect(judgeText('a'.repeat(1025), true, OPEN)).toEqual({ why: 'too-long', limit: 1024 })
})
