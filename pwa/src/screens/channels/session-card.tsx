import KeyRound from 'lucide-solid/icons/key-round'
import Link2 from 'lucide-solid/icons/link-2'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import Unlink from 'lucide-solid/icons/unlink'
import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { NodeId } from '#contract/ids.ts'
import type { Session } from '#contract/sessions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { copyText } from '../../lib/copy.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { createSessionWatch, WATCH_TIMEOUT_MS } from '../../session-link/create-session-watch.ts'
import { LinkPanel, type Way } from '../../session-link/link-panel.tsx'
import { createCountdown } from '../../session-link/create-countdown.ts'
import { backupsText } from '../../text/backups.ts'
import { shortWhen } from '../../text/format.ts'
import { sessionsText } from '../../text/sessions.ts'
import { failureText, sentenceOf, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { BackupSheet } from './backup-sheet.tsx'
import { Card } from './card.tsx'
import { PastCard } from './past-card.tsx'
import { PhoneContactsCard } from './phone-contacts-card.tsx'
import { PlacePart } from './place-part.tsx'

/** How a number that is linked like WhatsApp Web stands, and what can be done about it. */
export function SessionCard(props: { channel: Channel }) {
  const [busy, setBusy] = createSignal(false)
  const [isSure, setIsSure] = createSignal(false)
  const [seesBackup, setSeesBackup] = createSignal(false)
  const { desk } = useDesk()
  const { session, note } = createSessionWatch(
    (rev) =>
      call(
        api.watchSession,
        { channelId: props.channel.id, ...(rev === null ? {} : { rev: String(rev) }) },
        { timeoutMs: WATCH_TIMEOUT_MS },
      ),
    ({ code }) => code === 'not_found' || code === 'forbidden',
  )

  async function act(run: () => Promise<Session>): Promise<void> {
    setBusy(true)
    try {
      note(await run())
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    } finally {
      setBusy(false)
      setIsSure(false)
    }
  }

  function link(way: Way) {
    const channelId = props.channel.id
    void act(() => call(api.linkSession, { channelId, ...way }))
  }

  function reconnect() {
    const channelId = props.channel.id
    void act(() => call(api.reconnectSession, { channelId }))
  }

  function unlink() {
    const channelId = props.channel.id
    void act(() => call(api.unlinkSession, { channelId }))
  }

  function place(nodeId: NodeId | null) {
    const channelId = props.channel.id
    void act(() => call(api.placeSession, { channelId, nodeId }))
  }

  async function invite(): Promise<void> {
    try {
      const { url } = await call(api.inviteToLink, { channelId: props.channel.id })
      say((await copyText(url)) ? sessionsText().inviteCopied : url)
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    }
  }

  return (
    <>
      <Card title={sessionsText().title}>
        <Show when={session()}>
          {(now) => (
            <>
              <How session={now()} />
              <LinkPanel session={now()} busy={busy()} link={link} />
              <div class="mt-4 flex flex-wrap gap-2">
                <Show when={['reconnecting', 'replaced', 'refused', 'blocked'].includes(now().state) && now().linkedAt}>
                  <Button icon={RefreshCw} busy={busy()} onClick={reconnect}>
                    {sessionsText().again}
                  </Button>
                </Show>
                <Show when={!now().linkedAt}>
                  <Button icon={Link2} onClick={() => void invite()} title={sessionsText().inviteHelp}>
                    {sessionsText().invite}
                  </Button>
                </Show>
                <Show when={desk.may('channels.keys')}>
                  <Button icon={KeyRound} onClick={() => setSeesBackup(true)}>
                    {backupsText().title}
                  </Button>
                </Show>
                <Show when={now().linkedAt && !isSure()}>
                  <Button icon={Unlink} kind="danger" onClick={() => setIsSure(true)}>
                    {sessionsText().unlink}
                  </Button>
                </Show>
              </div>
              <PlacePart session={now()} busy={busy()} place={place} />
              <Show when={seesBackup()}>
                <BackupSheet channel={props.channel} session={now()} note={note} close={() => setSeesBackup(false)} />
              </Show>
              <Show when={isSure()}>
                <div role="alertdialog" aria-label={sessionsText().unlinkSure} class="mt-3 rounded-segment bg-sunk p-3">
                  <p class="font-semibold">{sessionsText().unlinkSure}</p>
                  <p class="text-small text-ink-2">{sessionsText().unlinkHelp}</p>
                  <div class="mt-3 flex gap-2">
                    <Button kind="sure" busy={busy()} onClick={unlink}>
                      {sessionsText().unlink}
                    </Button>
                    <Button onClick={() => setIsSure(false)}>{t().app.cancel}</Button>
                  </div>
                </div>
              </Show>
            </>
          )}
        </Show>
      </Card>
      <Show when={session()?.linkedAt ? session()?.past : null}>
        {(past) => (
          <PastCard channelId={props.channel.id} past={past()} isOpen={session()?.state === 'open'} busy={busy()} act={act} />
        )}
      </Show>
      <Show when={session()?.linkedAt}>
        <PhoneContactsCard channelId={props.channel.id} isOpen={session()?.state === 'open'} />
      </Show>
    </>
  )
}

/** Since when it stands as it does, why, and what runs it. */
function How(props: { session: Session }) {
  const left = createCountdown(() => props.session.againAt)
  const since = () => props.session.since && shortWhen(props.session.since, minuteNow())
  const ignored = () => Object.values(props.session.ignored ?? {}).reduce((sum, count) => sum + count, 0)
  const words = () => {
    const { state, linkedAt } = props.session
    if (state === 'open' && since()) return sessionsText().openSince(since() ?? '')
    if (linkedAt && state === 'reconnecting' && since()) return sessionsText().reconnecting(since() ?? '')
    return ''
  }
  return (
    <div class="mt-1 text-small text-ink-2">
      <p class="empty:hidden">
        {[words(), props.session.node && sessionsText().runsOn(props.session.node)].filter(Boolean).join(' · ')}
      </p>
      <p class="empty:hidden">{ignored() > 0 && sessionsText().ignored(ignored())}</p>
      <p class="nums empty:hidden">{left() !== null && sessionsText().againIn(left() ?? 0)}</p>
      <Show when={props.session.code === null ? null : failureText(props.session.code)}>
        {(why) => (
          <p class="mt-2 rounded-segment bg-cochinilla-tint px-3 py-2 text-ink">
            {why().cause} {why().nextStep}
          </p>
        )}
      </Show>
    </div>
  )
}
