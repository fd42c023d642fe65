/** A screen of the administration on a signed-in phone, for tests. */
import { MemoryRouter, Route } from '@solidjs/router'
import { render } from '@solidjs/testing-library'
import type { Component } from 'solid-js'
import { vi, expect } from 'vitest'
import type { Permission } from '#contract/permissions.ts'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { aMe } from '../../live/fakes.ts'
import { loadTeamText } from '../../text/team.ts'

type Phone = Awaited<ReturnType<typeof aPhone>>

/** `answer` plays the server, as in a-phone.ts. */
export async function aTeamScreen(Screen: Component, may: Permission[], answer: Parameters<typeof aPhone>[0]): Promise<Phone> {
  const phone = await aPhone(answer, { me: aMe(may) })
  await loadTeamText()
  drawTeamScreen(Screen, phone)
  await vi.waitFor(() => expect(phone.running.phase()).toBe('open'))
  return phone
}

/** The screen on a phone that is there already. */
export function drawTeamScreen(Screen: Component, phone: Phone): void {
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <MemoryRouter>
        <Route path="*" component={Screen} />
      </MemoryRouter>
    </DeskContext.Provider>
  ))
}
