import { expect, test } from 'vitest'
import { pointIn, writtenPoint } from './place.rules.ts'

const CUENCA = { latitude: -2.9001, longitude: -79.0059 }

test.each([
  '-2.9001, -79.0059',
  '-2.9001 -79.0059',
  '(-2.9001,-79.0059)',
  '-2,9001; -79,0059',
  'https://www.google.com/maps?q=-2.9001,-79.0059',
  'https://maps.google.com/?q=loc:-2.9001,-79.0059',
  'https://www.google.com/maps/place/Parque/@-2.8,-79.1,17z/data=!3m1!3d-2.9001!4d-79.0059',
  'https://www.google.com/maps/@-2.9001,-79.0059,17z',
  'https://www.google.com/maps/search/?api=1&query=-2.9001%2C-79.0059',
  'https://www.openstreetmap.org/?mlat=-2.9001&mlon=-79.0059#map=17/-2.8/-79.1',
  'geo:-2.9001,-79.0059',
])('finds the place in %s', (text) => {
  expect(pointIn(text)).toEqual(CUENCA)
})

test.each(['', 'Av. Loja 123', 'https://maps.app.goo.gl/abc', '120.5, 10', '593987654321'])('finds none in "%s"', (text) => {
  expect(pointIn(text)).toBeNull()
})

test('a point that is written is found again', () => {
  expect(pointIn(writtenPoint(CUENCA))).toEqual(CUENCA)
})
