import { createMemo, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createSessionWatch, WATCH_TIMEOUT_MS } from '../../session-link/create-session-watch.ts'
import { LinkPanel, type Way } from '../../session-link/link-panel.tsx'

/** The code to scan for a number that is linked like WhatsApp Web and is not linked yet: where it is bound, too. */
export function LinkPart(props: { channel: Channel }) {
  const action = createAction()
  const { session, note } = createSessionWatch(
    (rev) =>
      call(
        api.watchSession,
        { channelId: props.channel.id, ...(rev === null ? {} : { rev: String(rev) }) },
        { timeoutMs: WATCH_TIMEOUT_MS },
      ),
    ({ code }) => code === 'not_found' || code === 'forbidden',
  )
  /** Who was linked when this was opened has nothing to do here. */
  const isNeeded = createMemo<boolean | null>((was) => was ?? (session() ? session()?.linkedAt === null : null), null)
  function link(way: Way) {
    const channelId = props.channel.id
    void action.run(async () => note(await call(api.linkSession, { channelId, ...way })))
  }
  return (
    <Show when={isNeeded() === true && session()}>
      {(now) => (
        <section class="mb-4 rounded-card border border-line p-4">
          <LinkPanel session={now()} busy={action.busy()} link={link} />
          <p role="alert" class="mt-2 text-small text-cochinilla empty:hidden">
            {action.error()}
          </p>
        </section>
      )}
    </Show>
  )
}
