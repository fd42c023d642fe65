import { expect, test } from 'vitest'
import { cornerMoved, cropMoved, cropOf, frameOf, qualityOf, UNTOUCHED } from './frame.rules.ts'

/** Where a point of the picture comes to lie on the canvas. */
function at([a, b, c, d, e, f]: readonly number[], x: number, y: number): [number, number] {
  return [Math.round((a ?? 0) * x + (c ?? 0) * y + (e ?? 0)) + 0, Math.round((b ?? 0) * x + (d ?? 0) * y + (f ?? 0)) + 0]
}

const photo = { width: 4000, height: 3000 }

test('a photo is made as small as WhatsApp takes it, and smaller with the data saver; a small one stays', () => {
  expect(frameOf(photo, UNTOUCHED, qualityOf(false).maxPx)).toMatchObject({ width: 1600, height: 1200 })
  expect(frameOf(photo, UNTOUCHED, qualityOf(true).maxPx)).toMatchObject({ width: 1024, height: 768 })
  expect(frameOf({ width: 300, height: 1 }, UNTOUCHED, 1600)).toMatchObject({ width: 300, height: 1 })
})

test.each([
  [0, [0, 0], [1600, 1200]],
  [1, [1200, 0], [0, 1600]],
  [2, [1600, 1200], [0, 0]],
  [3, [0, 1600], [1200, 0]],
])('turned %i times, its corners lie where they belong', (quarterTurns, first, last) => {
  const { width, height, matrix } = frameOf(photo, { quarterTurns, crop: null }, 1600)
  expect([width, height]).toEqual(quarterTurns % 2 === 0 ? [1600, 1200] : [1200, 1600])
  expect(at(matrix, 0, 0)).toEqual(first)
  expect(at(matrix, 4000, 3000)).toEqual(last)
})

test('what is cut away is not drawn, and what is left keeps its size', () => {
  const crop = { x: 0.5, y: 0, width: 0.5, height: 1 }
  const { width, height, matrix } = frameOf({ width: 1000, height: 800 }, { quarterTurns: 0, crop }, 1600)
  expect([width, height]).toEqual([500, 800])
  expect(at(matrix, 500, 0)).toEqual([0, 0])
  const turned = frameOf({ width: 1000, height: 800 }, { quarterTurns: 1, crop: { x: 0, y: 0, width: 1, height: 0.25 } }, 1600)
  expect([turned.width, turned.height]).toEqual([800, 250])
})

test('the corners of a cut stay inside the picture and never meet', () => {
  const whole = { x: 0, y: 0, width: 1, height: 1 }
  expect(cornerMoved(whole, 'nw', -1, -1)).toEqual(whole)
  const small = cornerMoved(whole, 'nw', 5, 5)
  expect(small.width).toBeCloseTo(0.08)
  expect(small.x + small.width).toBeCloseTo(1)
  expect(cornerMoved(whole, 'se', -0.5, -0.25)).toEqual({ x: 0, y: 0, width: 0.5, height: 0.75 })
  expect(cropMoved({ x: 0.2, y: 0.2, width: 0.5, height: 0.5 }, 9, -9)).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.5 })
})

test('a shape is cut as large as it goes, from the middle', () => {
  expect(cropOf(1, photo)).toEqual({ x: 0.125, y: 0, width: 0.75, height: 1 })
  expect(cropOf(1, { width: 3000, height: 4000 })).toEqual({ x: 0, y: 0.125, width: 1, height: 0.75 })
})
