import { createSignal, For, Show, untrack } from 'solid-js'
import type { Guard, GuardSettings } from '#contract/guard.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { RiskChip, wordsOf } from '../../channel-risk.tsx'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { channelText } from '../../text/channel.ts'
import { shortWhen } from '../../text/format.ts'
import { sessionsText } from '../../text/sessions.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { Card } from './card.tsx'

/** How close an unofficial number is to a ban, why, and the limits that keep it from one. */
export function GuardCard(props: { channelId: string; mayChange: boolean }) {
  const asked = createAsked(() => call(api.getGuard, { channelId: props.channelId }))
  const [isOpen, setIsOpen] = createSignal(false)

  async function save(settings: GuardSettings) {
    const rev = asked.items()?.rev ?? 0
    asked.put(await call(api.changeGuard, { channelId: props.channelId, rev, settings }))
  }

  return (
    <Show when={asked.items()}>
      {(guard) => (
        <Card
          title={sessionsText().guard}
          help={sessionsText().guardHelp}
          action={
            <Show when={props.mayChange && !asked.isStale()}>
              <Button aria-label={sessionsText().guardChange} onClick={() => setIsOpen(true)}>
                {channelText().change}
              </Button>
            </Show>
          }
        >
          <p class="mt-3">
            <RiskChip risk={guard().risk} />
          </p>
          <ul class="mt-1 grid gap-1 text-small text-ink-2">
            <For each={guard().reasons}>{(reason) => <li>{wordsOf(reason)}</li>}</For>
            <Show when={guard().frozenUntil}>
              {(until) => <li>{sessionsText().guardFrozen(shortWhen(until(), minuteNow()))}</li>}
            </Show>
            <Show when={guard().settings.firstContact}>
              <li class="nums">{sessionsText().guardNow(guard().first.used, guard().first.max)}</li>
            </Show>
          </ul>
          <Show when={isOpen()}>
            <GuardSheet guard={guard()} close={() => setIsOpen(false)} save={save} />
          </Show>
        </Card>
      )}
    </Show>
  )
}

function GuardSheet(props: { guard: Guard; close: () => void; save: (settings: GuardSettings) => Promise<unknown> }) {
  const [settings, setSettings] = createSignal(untrack(() => props.guard.settings))
  const action = createAction()
  const set = (more: Partial<GuardSettings>) => setSettings((now) => ({ ...now, ...more }))

  async function save() {
    await props.save(settings())
    props.close()
  }

  return (
    <Sheet title={sessionsText().guard} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <Switch
          name={sessionsText().guardFirst}
          help={sessionsText().guardFirstHelp}
          on={settings().firstContact}
          change={(firstContact) => set({ firstContact })}
        />
        <Show when={settings().firstContact}>
          <Count
            label={sessionsText().guardPerDay}
            max={100}
            value={settings().firstPerDay}
            set={(firstPerDay) => set({ firstPerDay })}
          />
          <Switch
            name={sessionsText().guardWarmUp}
            help={sessionsText().guardWarmUpHelp}
            on={settings().warmUp}
            change={(warmUp) => set({ warmUp })}
          />
        </Show>
        <Count
          label={sessionsText().guardSame}
          max={500}
          value={settings().samePerHour}
          set={(samePerHour) => set({ samePerHour })}
        />
        <Choice
          label={sessionsText().guardPace}
          value={settings().pace}
          onChange={(event) => set({ pace: event.currentTarget.value === 'fast' ? 'fast' : 'natural' })}
        >
          <option value="natural">{sessionsText().guardNatural}</option>
          <option value="fast">{sessionsText().guardFast}</option>
        </Choice>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {channelText().save}
        </Button>
      </form>
    </Sheet>
  )
}

/** A whole number: the browser says what is wrong with it before anything is sent. */
function Count(props: { label: string; max: number; value: number; set: (value: number) => void }) {
  return (
    <Field
      label={props.label}
      type="number"
      inputmode="numeric"
      min={1}
      max={props.max}
      step={1}
      required
      value={props.value}
      onInput={(event) => {
        const value = event.currentTarget.valueAsNumber
        if (Number.isInteger(value)) props.set(value)
      }}
    />
  )
}
