import { expect, test } from 'vitest'
import { Freshness } from './freshness.ts'

/** A look at something: how it was asked, and what its answer waits for. */
function looks() {
  const asked: boolean[] = []
  const answers: PromiseWithResolvers<string>[] = []
  const look = (anew: boolean): Promise<string> => {
    asked.push(anew)
    const answer = Promise.withResolvers<string>()
    answers.push(answer)
    return answer.promise
  }
  return { asked, answers, look }
}

test('what is remembered serves, until it is said to have changed', async () => {
  const fresh = new Freshness()
  const asked: boolean[] = []
  const look = async (anew: boolean): Promise<void> => void asked.push(anew)
  await fresh.ask(look)
  fresh.changed()
  await fresh.ask(look)
  await fresh.ask(look)
  expect(asked).toEqual([false, true, false])
})

test('two who ask at once both ask anew', () => {
  const fresh = new Freshness()
  const { asked, look } = looks()
  fresh.changed()
  void fresh.ask(look)
  void fresh.ask(look)
  expect(asked).toEqual([true, true])
})

test('an answer that was asked for before the change says nothing of what came after it', async () => {
  const fresh = new Freshness()
  const { asked, answers, look } = looks()
  const early = fresh.ask(look)
  fresh.changed()
  answers[0]?.resolve('old')
  await early
  void fresh.ask(look)
  expect(asked).toEqual([false, true])
})

test('who got no answer knows nothing', async () => {
  const fresh = new Freshness()
  const { asked, answers, look } = looks()
  fresh.changed()
  const first = fresh.ask(look)
  answers[0]?.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  void fresh.ask(look)
  expect(asked).toEqual([true, true])
})
