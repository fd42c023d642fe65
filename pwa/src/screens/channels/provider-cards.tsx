import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createSignal, For, Show } from 'solid-js'
import type { ProfileTold, ProviderReport } from '#contract/channel-provider.ts'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { minuteNow } from '../../lib/clock.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { channelText } from '../../text/channel.ts'
import { ago, shortWhen } from '../../text/format.ts'
import { failureText } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from './card.tsx'
import { CHECK_MS } from '../../add-number/credentials.rules.ts'
import { HookPart } from '../../add-number/hook-part.tsx'
import { PhotoPart } from './photo-part.tsx'
import { ProfileSheet } from './profile-sheet.tsx'
import { Facts, LimitMeter, ToldFacts } from './told-facts.tsx'
import { verticalText } from './vertical-text.ts'
import { WalletPart } from './wallet-part.tsx'

/** How the number does at its provider, as the provider itself tells it now, or told it last. */
export function ProviderCards(props: { channel: Channel }) {
  const asked = createAsked(() => call(api.askProvider, { channelId: props.channel.id }, { timeoutMs: CHECK_MS }))
  const [isEditing, setIsEditing] = createSignal(false)
  const failure = (report: ProviderReport) => (report.code === null ? null : failureText(report.code))
  const again = () => (
    <Button icon={RefreshCw} busy={asked.loading()} onClick={() => void asked.again()}>
      {channelText().ask}
    </Button>
  )
  const when = () => {
    const report = asked.items()
    if (!report?.toldAt) return undefined
    const told = channelText().askedAt(ago(report.toldAt, minuteNow()))
    return report.ok ? told : `${told} (${shortWhen(report.toldAt, minuteNow())})`
  }
  return (
    <>
      <Card title={channelText().provider} help={when()} action={again()}>
        <LoadProblem of={asked} title={channelText().providerFailed} />
        <Show when={asked.items()?.ok === false && asked.items()}>
          {(report) => (
            <p role="alert" class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
              {failure(report())?.cause ?? channelText().providerFailed} {failure(report())?.nextStep}
            </p>
          )}
        </Show>
        <For each={asked.items()?.alerts}>
          {(code) => (
            <p class="mt-3 rounded-segment bg-cochinilla-tint px-3 py-2 text-small">
              {failureText(code)?.cause} {failureText(code)?.nextStep}
            </p>
          )}
        </For>
        <Show when={asked.items()?.number}>{(number) => <ToldFacts number={number()} channel={props.channel} />}</Show>
        <Show when={asked.items()?.number && asked.items()?.begun}>{(begun) => <LimitMeter begun={begun()} />}</Show>
      </Card>
      <Show when={asked.items()}>
        {(report) => (
          <>
            <WalletPart
              channel={props.channel}
              report={report()}
              changed={(lowCredit) => asked.put({ ...report(), lowCredit })}
            />
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
                connected={() =>
                  asked.put({
                    ...report(),
                    alerts: report().alerts.filter((code) => code !== 'hook_lost'),
                    hook: { ...report().hook, points: 'here' },
                  })
                }
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
              <Show when={report().profile}>
                {(profile) => (
                  <>
                    <PhotoPart
                      channelId={props.channel.id}
                      photo={profile().photo}
                      changed={(photo) => asked.put({ ...report(), profile: { ...profile(), photo } })}
                    />
                    <ProfileFacts profile={profile()} />
                  </>
                )}
              </Show>
            </Card>
            <Show when={isEditing() && report().profile}>
              {(profile) => (
                <ProfileSheet
                  channel={props.channel}
                  profile={profile()}
                  changed={(now) => asked.put({ ...report(), profile: { ...profile(), ...now } })}
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

function ProfileFacts(props: { profile: ProfileTold }) {
  const facts = (): [string, string][] => [
    [channelText().fields.about, props.profile.about],
    [channelText().fields.vertical, verticalText(props.profile.vertical)],
    [channelText().fields.description, props.profile.description],
    [channelText().fields.address, props.profile.address],
    [channelText().fields.email, props.profile.email],
    [channelText().website, props.profile.websites.join(' · ')],
  ]
  return <Facts list={facts().map(([name, value]) => [name, value || '—'])} />
}
