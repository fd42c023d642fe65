import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Metrics, type Figures } from '#contract/metrics.ts'
import { anAccount, doors, leave, type AnAccount } from './local/an-account.ts'

afterAll(leave)

/** What may stand in a chat, with minutes since the period began (it may have been before). */
const step = fc.record({
  what: fc.constantFrom('in', 'out', 'auto', 'failed', 'note', 'closed'),
  minute: fc.integer({ min: -2 * 1440, max: 4 * 1440 }),
  agent: fc.constantFrom(0, 1),
})
type Step = { what: string; minute: number; agent: number }
const aStory = fc.array(fc.array(step, { maxLength: 14 }), { minLength: 1, maxLength: 5 })

const FROM = '2026-03-02'
const TO = '2026-03-04'
/** Midnight in Guayaquil. */
const BEGAN = Date.parse('2026-03-02T05:00:00Z')
const PERIOD_MINUTES = 3 * 1440

const FORMS: Record<string, { direction: string; status: string | null; kind: string; author: string }> = {
  in: { direction: 'in', status: null, kind: 'text', author: 'contact' },
  out: { direction: 'out', status: 'sent', kind: 'text', author: 'person' },
  auto: { direction: 'out', status: 'sent', kind: 'text', author: 'system' },
  failed: { direction: 'out', status: 'failed', kind: 'text', author: 'person' },
  note: { direction: 'note', status: null, kind: 'text', author: 'person' },
  closed: { direction: 'note', status: null, kind: 'system', author: 'person' },
}

async function tell(account: AnAccount, story: readonly Step[][], agents: readonly string[]): Promise<void> {
  const { owner } = doors()
  for (const [n, steps] of story.entries()) {
    const [contact, chat] = [randomUUID(), randomUUID()]
    await owner.query('insert into contact (id, account_id, name, search) values ($1, $2, $3, $3)', [
      contact,
      account.id,
      `c${n}`,
    ])
    await owner.query(
      "insert into chat (id, account_id, channel_id, contact_id, object_key, last_at) values ($1, $2, $3, $4, $5, '2026-03-09')",
      [chat, account.id, account.channelId, contact, contact],
    )
    for (const { what, minute, agent } of steps) {
      const form = FORMS[what]
      await owner.query(
        `insert into message (account_id, chat_id, channel_id, direction, kind, extra, status, author_kind, author_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[account.id, chat, account.channelId, form?.direction, form?.kind],
          ...[form?.kind === 'system' ? { system: 'closed' } : null, form?.status, form?.author],
          ...[form?.author === 'person' ? agents[agent] : null, new Date(BEGAN + minute * 60_000)],
        ],
      )
    }
  }
}

type Fact = { kind: 'received' | 'sent' | 'answer' | 'closed'; minute: number; agent: number | null; seconds: number | null }

/** The same, counted by walking through each chat as a reader would. */
function factsOf(story: readonly Step[][]): Fact[] {
  return story.flatMap((steps) => {
    const facts: Fact[] = []
    let asked: number | null = null
    let opened: number | null = null
    for (const { what, minute, agent } of steps.toSorted((a, b) => a.minute - b.minute)) {
      if (what === 'in') {
        asked ??= minute
        opened ??= minute
        facts.push({ kind: 'received', minute, agent: null, seconds: null })
      }
      if (what === 'out' || what === 'auto')
        facts.push({ kind: 'sent', minute, agent: what === 'out' ? agent : null, seconds: null })
      if (what === 'out') {
        if (asked !== null) facts.push({ kind: 'answer', minute, agent, seconds: (minute - asked) * 60 })
        asked = null
      }
      if (what === 'closed') {
        facts.push({ kind: 'closed', minute, agent, seconds: opened === null ? null : (minute - opened) * 60 })
        opened = null
      }
    }
    return facts.filter((fact) => fact.minute >= 0 && fact.minute < PERIOD_MINUTES)
  })
}

function quantile(values: readonly number[], part: number): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const low = sorted[Math.floor(place)] ?? 0
  return Math.round(low + ((sorted[Math.ceil(place)] ?? low) - low) * (place % 1))
}

function figuresOf(facts: readonly Fact[]): Figures {
  const count = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind).length
  const seconds = (kind: Fact['kind']) =>
    facts.flatMap((fact) => (fact.kind === kind && fact.seconds !== null ? [fact.seconds] : []))
  return {
    ...{ received: count('received'), sent: count('sent'), answers: count('answer'), closed: count('closed') },
    firstAnswer: quantile(seconds('answer'), 0.5),
    firstAnswer90: quantile(seconds('answer'), 0.9),
    resolution: quantile(seconds('closed'), 0.5),
  }
}

test('whatever happened, metrics are what a reader of every chat would count', async () => {
  await fc.assert(
    fc.asyncProperty(aStory, async (told) => {
      // One thing at a time in a chat: which of two came first within a minute is nobody's to say.
      const story = told.map((steps) => [...new Map(steps.map((one) => [one.minute, one])).values()])
      const account = await anAccount()
      const other = randomUUID()
      await doors().owner.query(
        "insert into person (id, account_id, email, name, role_id) select $1, $2, $3, 'Beto', role_id from person where id = $4",
        [other, account.id, `${other}@test.example`, account.personId],
      )
      const agents = [account.personId, other]
      await tell(account, story, agents)
      const metrics = Metrics.parse(await account.api('api_metrics', { from: FROM, to: TO }))
      const facts = factsOf(story)
      expect(metrics.totals).toEqual(figuresOf(facts))
      expect(metrics.days).toEqual(
        ['2026-03-02', '2026-03-03', '2026-03-04'].map((day, at) => ({
          day,
          ...figuresOf(facts.filter(({ minute }) => Math.floor(minute / 1440) === at)),
        })),
      )
      for (const [at, id] of agents.entries()) {
        const own = facts.filter(({ agent }) => agent === at)
        const row = metrics.agents.find((each) => each.id === id)
        expect(row).toEqual(own.length === 0 ? undefined : { id, name: at === 0 ? 'Ana' : 'Beto', ...figuresOf(own) })
      }
      expect(metrics.channels).toEqual(facts.length === 0 ? [] : [{ id: account.channelId, name: 'Ventas', ...figuresOf(facts) }])
    }),
    { numRuns: 25 },
  )
}, 60_000)
