import { expect, test } from 'vitest'
import { aPerson } from '../../live/fakes.ts'
import { deviceName } from '../../lib/device-name.rules.ts'
import { formOf, peopleShown, personChanges } from './people.rules.ts'

const rosa = aPerson(1, { name: 'Rosa Huamán' })
const angel = aPerson(2, { name: 'Ángel Ríos', state: 'deactivated' })
const zoe = aPerson(3, { name: 'Zoe Vera', email: 'zvera@andinas.example' })

test('people come by name, the deactivated last, and accents do not hide anybody', () => {
  expect(peopleShown([zoe, angel, rosa], '').map(({ name }) => name)).toEqual(['Rosa Huamán', 'Zoe Vera', 'Ángel Ríos'])
  expect(peopleShown([zoe, angel, rosa], 'angel')).toEqual([angel])
  expect(peopleShown([zoe, angel, rosa], 'zvera@')).toEqual([zoe])
})

test('only what differs is sent', () => {
  expect(personChanges(rosa, formOf(rosa))).toEqual({})
  expect(personChanges(rosa, { ...formOf(rosa), name: ' Rosa H. ' })).toEqual({ name: 'Rosa H.' })
})

test('a device is called by its browser and system', () => {
  const phone =
    'Mozilla/5.0 (Linux; Android 14; SM-A155M) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36'
  expect(deviceName(phone)).toEqual({ browser: 'Chrome', system: 'Android' })
  expect(deviceName('curl/8')).toBeNull()
})
