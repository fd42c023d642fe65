import { MemoryRouter, Route } from '@solidjs/router'
import { cleanup, render, screen } from '@solidjs/testing-library'
import { afterEach, expect, test } from 'vitest'
import { aPhone } from '../../live/a-phone.ts'
import { DeskContext } from '../../live/context.ts'
import { aMe } from '../../live/fakes.ts'
import { loadCareText } from '../../text/care.ts'
import { loadOverviewText } from '../../text/overview.ts'
import DashboardScreen from './dashboard-screen.tsx'

afterEach(cleanup)

const day = {
  at: '2026-11-20T15:00:00.000Z',
  trays: { inProcess: 4, pending: 7, resolved: 3 },
  waiting: { chats: 1, since: '2026-11-20T14:00:00.000Z' },
  messages: {
    sent: 9,
    undelivered: 2,
    failed: 1,
    unconfirmed: 0,
    received: 12,
    hours: Array.from({ length: 24 }, () => ({ in: 1, out: 2 })),
  },
  agents: [],
  unassigned: { openChats: 5, waiting: 1, since: '2026-11-20T14:00:00.000Z' },
  loom: [
    { chatId: '0193cccc-0000-7000-8000-000000000001', name: 'Rosa Huamán', since: '2026-11-20T14:00:00.000Z', assigneeId: null },
  ],
  channels: [],
  troubles: [],
}

test('each figure opens the list that it counts, and a thread its chat', async () => {
  await using phone = await aPhone(({ path }) => (path === '/dashboard' ? { body: day } : undefined), {
    me: aMe(['chats.read', 'dashboard.read']),
  })
  await Promise.all([loadOverviewText(), loadCareText()])
  render(() => (
    <DeskContext.Provider value={phone.running}>
      <MemoryRouter>
        <Route path="*" component={DashboardScreen} />
      </MemoryRouter>
    </DeskContext.Provider>
  ))
  const opens = async (name: RegExp) => (await screen.findByRole('link', { name })).getAttribute('href')
  expect(await opens(/7\s*Pendientes/)).toBe('/chats?state=new,pending')
  expect(await opens(/3\s*Resueltos hoy/)).toBe('/chats?state=closed&closed=today')
  expect(await opens(/5\s*Sin asignar/)).toBe('/chats?assignee=none')
  expect(await opens(/Rosa Huamán/)).toBe(`/chats/${day.loom[0]?.chatId}`)
})
