import { render, screen } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { expect, test, vi } from 'vitest'
import { latePart } from './late-part.tsx'

const Named = (props: { name: string }) => <>aquí {props.name}</>

test('a row that leaves while its part is loaded takes it from no other row', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof Named>()
  const load = vi.fn<() => typeof promise>(() => promise)
  const Part = latePart(load)
  const [isHere, setIsHere] = createSignal(true)
  render(() => (
    <>
      <Show when={isHere()}>
        <p>
          <Part name="uno" />
        </p>
      </Show>
      <p>
        <Part name="dos" instead="un momento" />
      </p>
    </>
  ))
  expect(screen.getByText('un momento')).toBeDefined()
  setIsHere(false)
  resolve(Named)
  expect(await screen.findByText('aquí dos')).toBeDefined()
  expect(load).toHaveBeenCalledOnce()
})
