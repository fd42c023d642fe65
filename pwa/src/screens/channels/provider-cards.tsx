import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createSignal, For, Show } from 'solid-js'
import type { NumberTold, Profile, ProviderReport } from '#contract/channel-provider.ts'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { channelText } from '../../text/channel.ts'
import { ago, phoneNumber } from '../../text/format.ts'
import { failureText, sentenceOf } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorCard } from '../../ui/empty.tsx'
import { Card } from './card.tsx'
import { CHECK_MS } from './credentials.rules.ts'
import { HookPart } from './hook-part.tsx'
import { ProfileSheet } from './profile-sheet.tsx'

/** How the number does at its provider, as the provider itself tells it now. */
export function ProviderCards(props: { channel: Channel }) {
  const asked = createAsked(() => call(api.askProvider, { channelId: props.channel.id }, { timeoutMs: CHECK_MS }))
  const [isEditing, setIsEditing] = createSignal(false)
  const failure = (report: ProviderReport) => (report.code === null ? null : failureText(report.code))
  const again = () => (
    <Button icon={RefreshCw} busy={asked.loading()} onClick={() => void asked.again()}>
      {channelText().ask}
    </Button>
  )
  return (
    <>
      <Card
        title={channelText().provider}
        help={asked.items() ? channelText().askedAt(ago(asked.items()?.askedAt ?? '', minuteNow())) : undefined}
        action={again()}
      >
        <Show when={asked.problem()}>
          {(problem) => (
            <ErrorCard title={channelText().providerFailed} help={sentenceOf(problem())} reference={problem().traceId} />
          )}
        </Show>
        <Show when={asked.items()?.ok === false && asked.items()}>
          {(report) => (
            <p role="alert" class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
              {failure(report())?.cause ?? channelText().providerFailed} {failure(report())?.nextStep}
            </p>
          )}
        </Show>
        <Show when={asked.items()?.number}>{(number) => <Told number={number()} phone={props.channel.phone} />}</Show>
      </Card>
      <Show when={asked.items()}>
        {(report) => (
          <>
            <Card
              title={channelText().hook}
              help={
                props.channel.lastHookAt
                  ? channelText().lastHook(ago(props.channel.lastHookAt, minuteNow()))
                  : channelText().noHook
              }
            >
              <HookPart
                channelId={props.channel.id}
                hook={report().hook}
                connected={() => asked.put({ ...report(), hook: { ...report().hook, points: 'here' } })}
              />
            </Card>
            <Card
              title={channelText().profile}
              help={report().profile ? channelText().profileHelp : channelText().profileNone}
              action={
                <Show when={report().profile}>
                  <Button aria-label={`${channelText().change}: ${channelText().profile}`} onClick={() => setIsEditing(true)}>
                    {channelText().change}
                  </Button>
                </Show>
              }
            >
              <Show when={report().profile}>{(profile) => <ProfileFacts profile={profile()} />}</Show>
            </Card>
            <Show when={isEditing() && report().profile}>
              {(profile) => (
                <ProfileSheet
                  channelId={props.channel.id}
                  profile={profile()}
                  changed={(now) => asked.put({ ...report(), profile: now })}
                  close={() => setIsEditing(false)}
                />
              )}
            </Show>
          </>
        )}
      </Show>
    </>
  )
}

function Told(props: { number: NumberTold; phone: string | null }) {
  const limit = () => {
    const { limit: word } = props.number
    const known: Record<string, string> = channelText().limits
    return word && (known[word] ?? word)
  }
  const facts = (): [string, string | null][] => [
    [channelText().sender, props.number.phone && phoneNumber(props.number.phone)],
    [channelText().verifiedName, props.number.name],
    [channelText().quality, props.number.quality && channelText().qualities[props.number.quality]],
    [channelText().limit, limit()],
    [channelText().throughput, props.number.throughput],
    [channelText().state, props.number.state],
  ]
  const isOther = () =>
    props.number.phone !== null && props.phone !== null && props.number.phone.slice(-8) !== props.phone.slice(-8)
  return (
    <>
      <Show when={isOther()}>
        <p class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
          {channelText().otherSender(phoneNumber(props.number.phone ?? ''))}
        </p>
      </Show>
      <Facts list={facts().map(([name, value]) => [name, value || channelText().notTold])} />
    </>
  )
}

function ProfileFacts(props: { profile: Profile }) {
  const facts = (): [string, string][] => [
    [channelText().fields.about, props.profile.about],
    [channelText().fields.description, props.profile.description],
    [channelText().fields.address, props.profile.address],
    [channelText().fields.email, props.profile.email],
    [channelText().website, props.profile.websites.join(' · ')],
  ]
  return <Facts list={facts().map(([name, value]) => [name, value || '—'])} />
}

function Facts(props: { list: readonly (readonly [string, string])[] }) {
  return (
    <dl class="mt-3 grid gap-2 tablet:grid-cols-2">
      <For each={props.list}>
        {([name, value]) => (
          <div class="min-w-0">
            <dt class="text-meta text-ink-3">{name}</dt>
            <dd class="wrap-anywhere">{value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
