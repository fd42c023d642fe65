import { render, screen } from '@solidjs/testing-library'
import { Show, Suspense } from 'solid-js'
import { expect, test } from 'vitest'
import { createRead, once } from './create-read.ts'

test('what is shown already stays while something is read; what reading says of itself is seen', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const Way = () => {
    const [way] = createRead(once, () => promise)
    return (
      <>
        <p>{way.loading ? 'leyendo' : ''}</p>
        <Show when={way.latest}>{(told) => <p>{told()}</p>}</Show>
      </>
    )
  }
  render(() => (
    <Suspense>
      <main>
        <p>está</p>
        <Way />
      </main>
    </Suspense>
  ))
  expect(screen.getByText('está')).toBeDefined()
  expect(screen.getByText('leyendo')).toBeDefined()
  resolve('el camino')
  expect(await screen.findByText('el camino')).toBeDefined()
  expect(screen.queryByText('leyendo')).toBeNull()
})
