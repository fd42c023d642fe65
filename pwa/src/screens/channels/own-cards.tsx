import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js'
import { AUTOMATIC_RULES } from '#contract/automatic.ts'
import type { AutomaticTexts, ChannelOwn, DepartmentTexts } from '#contract/channel-settings.ts'
import type { Channel } from '#contract/channels.ts'
import { attentionAt } from '#contract/hours.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { channelText } from '../../text/channel.ts'
import { language } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from './card.tsx'
import { HoursSheet } from './hours-sheet.tsx'
import { TextsSheet } from './texts-sheet.tsx'
import { attentionText, whenIn } from './attention-text.ts'

type Open = { what: 'hours' } | { what: 'texts' } | { what: 'department'; id: string } | null

/** Hours of a number and what it says by itself. */
export function OwnCards(props: { channel: Channel }) {
  const { desk } = useDesk()
  const asked = createAsked(() => call(api.getChannelOwn, { channelId: props.channel.id }))
  const [open, setOpen] = createSignal<Open>(null)
  const mayChange = () => desk.may('channels.manage') && !asked.isStale()
  const close = () => setOpen(null)
  const department = () => {
    const now = open()
    return now?.what === 'department' ? asked.items()?.departments.find(({ id }) => id === now.id) : undefined
  }

  async function saveTexts(texts: AutomaticTexts) {
    const rev = asked.items()?.rev ?? 0
    asked.put(await call(api.changeChannelTexts, { channelId: props.channel.id, rev, texts }))
  }

  async function saveDepartment(own: ChannelOwn, { id, rev }: DepartmentTexts, texts: AutomaticTexts) {
    const saved = await call(api.changeDepartmentTexts, { departmentId: id, rev, texts })
    asked.put({ ...own, departments: own.departments.map((one) => (one.id === id ? saved : one)) })
  }

  return (
    <>
      <LoadProblem of={asked} title={channelText().loadFailed} />
      <Show when={asked.items()}>
        {(own) => (
          <>
            <Card
              title={channelText().hours}
              help={nowOf(own())}
              action={<Change may={mayChange()} of={channelText().hours} run={() => setOpen({ what: 'hours' })} />}
            />
            <Card
              title={channelText().texts}
              help={channelText().textsHelp}
              action={<Change may={mayChange()} of={channelText().texts} run={() => setOpen({ what: 'texts' })} />}
            >
              <TextList texts={own().texts} />
              <Departments list={own().departments} open={mayChange() ? (id) => setOpen({ what: 'department', id }) : null} />
            </Card>
            <Show when={props.channel.kind !== 'session'}>
              <Card title={channelText().payer} help={channelText().payers[own().whoPays]}>
                <Show when={own().whoPays === 'us' && desk.may('billing.read')}>
                  <A href="/settings/balance" class="mt-2 inline-flex min-h-11 items-center text-small text-anil underline">
                    {channelText().seeBalance}
                  </A>
                </Show>
              </Card>
            </Show>
            <Switch>
              <Match when={open()?.what === 'hours'}>
                <HoursSheet channelId={props.channel.id} own={own()} changed={asked.put} close={close} />
              </Match>
              <Match when={open()?.what === 'texts'}>
                <TextsSheet
                  title={channelText().texts}
                  help={channelText().textsHelp}
                  texts={own().texts}
                  samples={samplesOf(props.channel, own())}
                  save={saveTexts}
                  close={close}
                />
              </Match>
              <Match when={department()} keyed>
                {(one) => (
                  <TextsSheet
                    title={one.name}
                    help={channelText().departmentsHelp}
                    texts={one.texts}
                    samples={samplesOf(props.channel, own())}
                    save={(texts) => saveDepartment(own(), one, texts)}
                    close={close}
                  />
                )}
              </Match>
            </Switch>
          </>
        )}
      </Show>
    </>
  )
}

function nowOf({ hours }: ChannelOwn): string {
  return attentionText(attentionAt(hours, minuteNow()), channelText(), (at) => whenIn(language(), hours.timeZone, at))
}

/** What the preview puts for the number and for when it opens. */
function samplesOf(channel: Channel, { hours }: ChannelOwn) {
  const { isOpen, until } = attentionAt(hours, minuteNow())
  const format = new Intl.DateTimeFormat(language(), {
    ...{ timeZone: hours.timeZone, day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
  return { canal: channel.name, apertura: !isOpen && until !== null ? format.format(until).replace(',', '') : '23/11 08:00' }
}

function Change(props: { may: boolean; of: string; run: () => void }) {
  return (
    <Show when={props.may}>
      <Button aria-label={`${channelText().change}: ${props.of}`} onClick={() => props.run()}>
        {channelText().change}
      </Button>
    </Show>
  )
}

function TextList(props: { texts: AutomaticTexts }) {
  return (
    <dl class="mt-3 grid grid-cols-1 gap-2">
      <For each={AUTOMATIC_RULES}>
        {(rule) => (
          <div>
            <dt class="flex items-center gap-2 text-small">
              {channelText().rules[rule]}
              <span
                class="rounded-chip px-2 py-px text-meta font-semibold"
                classList={{
                  'bg-eucalipto-tint text-eucalipto': props.texts[rule].on,
                  'bg-sunk text-ink-2': !props.texts[rule].on,
                }}
              >
                {props.texts[rule].on ? channelText().on : channelText().off}
              </span>
            </dt>
            <dd class="clamp-2 text-small text-ink-2">{props.texts[rule].text}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}

function Departments(props: { list: readonly DepartmentTexts[]; open: ((id: string) => void) | null }) {
  const count = createMemo(
    () => new Map(props.list.map(({ id, texts }) => [id, AUTOMATIC_RULES.filter((rule) => texts[rule].on).length])),
  )
  return (
    <Show when={props.list.length > 0}>
      <h3 class="mt-4 text-small font-semibold">{channelText().departments}</h3>
      <p class="text-meta text-ink-3">{channelText().departmentsHelp}</p>
      <ul class="mt-1 rounded-slip border border-line">
        <For each={props.list}>
          {({ id, name }) => (
            <li class="border-line [&+&]:border-t">
              <button
                type="button"
                class="row flex min-h-12 w-full items-center gap-3 px-4 text-left"
                disabled={props.open === null}
                onClick={() => props.open?.(id)}
              >
                <span class="min-w-0 flex-1">{name}</span>
                <span class="text-meta text-ink-3">{channelText().own(count().get(id) ?? 0)}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
