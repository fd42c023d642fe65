import Activity from 'lucide-solid/icons/activity'
import KeyRound from 'lucide-solid/icons/key-round'
import Pencil from 'lucide-solid/icons/pencil'
import { createSignal, For, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { channelText } from '../../text/channel.ts'
import { ago, phoneNumber, shortWhen } from '../../text/format.ts'
import { failureText, problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'
import { ChannelState } from './channel-state.tsx'
import { RenameSheet } from './rename-sheet.tsx'
import { ChangeCredentials } from './change-credentials.tsx'

type ChannelCardProps = { channel: Channel; changed: (channel: Channel) => void }

/** One number: its state in words and its switches. */
export function ChannelCard(props: ChannelCardProps) {
  const { desk } = useDesk()
  const [busy, setBusy] = createSignal(false)
  const [isChanging, setIsChanging] = createSignal(false)
  const [isRenaming, setIsRenaming] = createSignal(false)
  const may = (permission: 'channels.pause' | 'channels.manage') => desk.may(permission)
  /** A number of WhatsApp Web is linked, it has no key. */
  const hasCredentials = () => (props.channel.kind === 'session' ? null : props.channel.kind)
  const isArchived = () => props.channel.state === 'archived'

  async function change(run: () => Promise<Channel>) {
    setBusy(true)
    try {
      props.changed(await run())
    } catch (error) {
      const { cause, nextStep } = problemText(problemOf(error).code)
      say(`${cause} ${nextStep}`)
    } finally {
      setBusy(false)
    }
  }

  function pause(sending: boolean, receiving: boolean) {
    const channelId = props.channel.id
    void change(() => call(api.pauseChannel, { channelId, sending, receiving }))
  }

  function allow(more: Partial<Channel['settings']>) {
    const { id: channelId, settings } = props.channel
    void change(() => call(api.changeChannel, { channelId, settings: { ...settings, ...more } }))
  }

  async function check() {
    setBusy(true)
    try {
      const { ok, code, detail } = await call(api.checkChannel, { channelId: props.channel.id })
      const reason = code ? (failureText(code)?.cause ?? detail) : detail
      say(ok ? t().channels.checkOk : [t().channels.checkBad, reason].filter(Boolean).join(' '))
    } catch (error) {
      say(problemText(problemOf(error).code).cause)
    } finally {
      setBusy(false)
    }
  }

  return (
    <article class="fold-bl rounded-card border border-line bg-surface p-4" aria-busy={busy()}>
      <header class="flex items-start gap-3">
        <div class="min-w-0 flex-1">
          <h2 class="truncate text-heading font-bold">{props.channel.name}</h2>
          <p class="nums text-small text-ink-2">
            {[props.channel.phone && phoneNumber(props.channel.phone), t().channels.kinds[props.channel.kind]]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <ChannelState channel={props.channel} />
      </header>
      <Show when={props.channel.problem}>
        {(code) => (
          <p class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
            {failureText(code())?.cause} {failureText(code())?.nextStep}
          </p>
        )}
      </Show>
      <For each={(props.channel.alerts ?? []).filter((code) => code !== props.channel.problem)}>
        {(code) => (
          <p class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
            {failureText(code)?.cause} {failureText(code)?.nextStep}
          </p>
        )}
      </For>
      <p class="mt-2 text-meta text-ink-3">
        <Show when={props.channel.stateAt}>{(at) => `${channelText().since(shortWhen(at(), minuteNow()))} · `}</Show>
        <Show when={props.channel.lastHookAt} fallback={t().channels.noHook}>
          {(at) => t().channels.lastHook(ago(at(), minuteNow()))}
        </Show>
      </p>
      <Show when={!isArchived()}>
        <div class="mt-2 divide-y divide-line border-y border-line">
          <Switch
            name={t().channels.sending}
            help={t().channels.sendingHelp}
            on={!props.channel.sendingPaused}
            disabled={busy() || !may('channels.pause')}
            change={(on) => pause(!on, props.channel.receivingPaused)}
          />
          <Switch
            name={t().channels.receiving}
            help={t().channels.receivingHelp}
            on={!props.channel.receivingPaused}
            disabled={busy() || !may('channels.pause')}
            change={(on) => pause(props.channel.sendingPaused, !on)}
          />
          <Show when={may('channels.manage')}>
            <Switch
              name={t().channels.allowLinks}
              on={props.channel.settings.allowLinks}
              disabled={busy()}
              change={(allowLinks) => allow({ allowLinks })}
            />
            <Switch
              name={t().channels.allowVideo}
              on={props.channel.settings.allowVideo}
              disabled={busy()}
              change={(allowVideo) => allow({ allowVideo })}
            />
            <Switch
              name={t().channels.tellsReading}
              help={t().channels.tellsReadingHelp}
              on={props.channel.settings.tellsReading !== false}
              disabled={busy()}
              change={(tellsReading) => allow({ tellsReading })}
            />
          </Show>
        </div>
      </Show>
      <div class="mt-3 flex flex-wrap gap-2">
        <Show when={may('channels.manage')}>
          <Button icon={Pencil} onClick={() => setIsRenaming(true)}>
            {channelText().rename}
          </Button>
        </Show>
        <Button icon={Activity} busy={busy()} onClick={() => void check()}>
          {t().channels.check}
        </Button>
        <Show when={hasCredentials() && may('channels.manage')}>
          <Button icon={KeyRound} onClick={() => setIsChanging(true)}>
            {t().channels.changeCredentials}
          </Button>
        </Show>
      </div>
      <Show when={isRenaming()}>
        <RenameSheet channel={props.channel} changed={props.changed} close={() => setIsRenaming(false)} />
      </Show>
      <Show when={isChanging() && hasCredentials()}>
        {(kind) => (
          <ChangeCredentials channel={props.channel} kind={kind()} changed={props.changed} close={() => setIsChanging(false)} />
        )}
      </Show>
    </article>
  )
}
