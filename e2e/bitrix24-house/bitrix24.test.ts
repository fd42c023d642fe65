/**
 * Open lines on the whole product: the Worker in workerd, PostgreSQL, a simulated provider at one end and a simulated Bitrix24 at the
 * other. Waits for portals are a fiftieth of what they are for people (`BITRIX24_TIME_SCALE`).
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEEDS } from './deeds.ts'
import { openStage, type Stage } from './stage.ts'
import { STALL, STORMS } from './storms.ts'
import { TALK } from './talk.ts'
import { WEATHER, type Weather } from './weather.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)

afterAll(() => stage?.close())

/** Plays it; nothing that happened in the house was too much for every try. */
async function play({ happens }: Weather): Promise<void> {
  await happens(stage)
  expect(await stage.deadLetters()).toEqual([])
}

test.concurrent.each([...TALK, ...DEEDS, ...WEATHER, STALL])('$name', async (one) => {
  await expect(play(one)).resolves.toBeUndefined()
})

// One after the other: each takes the whole machine.
test.each(STORMS)('$name', async (one) => {
  await expect(play(one)).resolves.toBeUndefined()
})
