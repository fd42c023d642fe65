import { createMemo, Show, Suspense } from 'solid-js'
import type { PortalLine } from '#contract/portal-lines.ts'
import * as api from '../../api/endpoints.ts'
import * as portals from '../../api/portal-endpoints.ts'
import { call } from '../../api/call.ts'
import { createAsked } from '../../live/create-asked.ts'
import { useDesk } from '../../live/context.ts'
import { ShellLines } from '../../shell-lines.tsx'
import { phoneNumber } from '../../text/format.ts'
import { linesText } from '../../text/portal-lines.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { BoundPart } from './bound-part.tsx'
import { FillPart } from './fill-part.tsx'
import { PORTAL_MS, portalRefused } from './portal-refused.ts'

/** `<portal>|<line>`, as the portal's slider was opened for it. */
function whereIn(words: string): { portalId: string; line: number } | null {
  const [portalId, line] = words.split('|')
  return portalId && Number(line) > 0 ? { portalId, line: Number(line) } : null
}

/**
 * The connector's own page inside the slider of the Contact Center: which number is on this open line, a test of it, and the
 * choice of one. It stands in the place of the whole frame of the app.
 */
export function LineShell() {
  const { desk } = useDesk()
  const where = whereIn(document.documentElement.dataset['line'] ?? '')
  return (
    <div class="scroll-thin h-full overflow-y-auto">
      <Suspense>
        <ShellLines />
      </Suspense>
      <main class="mx-auto max-w-180 p-4 pb-8">
        <Show when={where} fallback={<Empty title={linesText().lineGone} />}>
          {(here) => (
            <Show
              when={desk.may('account.manage')}
              fallback={<Empty title={t().app.noPermissionHere} help={t().app.noPermissionHelp} />}
            >
              <LinePage {...here()} />
            </Show>
          )}
        </Show>
      </main>
    </div>
  )
}

function LinePage(props: { portalId: string; line: number }) {
  const asked = createAsked(async () => {
    const [channels, lines, open] = await Promise.all([
      call(api.listChannels, {}),
      call(portals.listPortalLines, {}),
      call(portals.readOpenLines, { portalId: props.portalId }, { timeoutMs: PORTAL_MS }),
    ])
    return { channels: channels.items.filter(({ state }) => state !== 'archived'), lines: lines.items, open: open.items }
  })
  const bound = createMemo(() =>
    asked.items()?.lines.find(({ portalId, line }) => portalId === props.portalId && line === props.line),
  )
  const channel = () => asked.items()?.channels.find(({ id }) => id === bound()?.channelId)
  const name = () => asked.items()?.open.find(({ line }) => line === props.line)?.name ?? `#${props.line}`
  /** What the server says of a binding now: of that number there is no other. */
  function note(line: PortalLine) {
    const now = asked.items()
    if (now) asked.put({ ...now, lines: [...now.lines.filter(({ channelId }) => channelId !== line.channelId), line] })
  }

  return (
    <>
      <Show when={asked.problem()}>
        {(problem) => (
          <ErrorCard
            title={linesText().loadFailed}
            help={portalRefused(problem()) ?? sentenceOf(problem())}
            action={{ name: t().app.retry, run: () => void asked.again() }}
          />
        )}
      </Show>
      <p role="status" class="text-small text-ink-2 empty:hidden">
        {asked.loading() && !asked.items() ? linesText().reading : null}
      </p>
      <Show when={asked.items()}>
        <h1 class="mb-3 text-heading font-bold">{linesText().lineTitle(name())}</h1>
        <Show
          when={bound()}
          fallback={
            <section class="rounded-card border border-line bg-surface p-4">
              <FillPart
                portalId={props.portalId}
                line={props.line}
                channels={asked.items()?.channels ?? []}
                lines={asked.items()?.lines ?? []}
                added={(added) => {
                  const now = asked.items()
                  if (now) asked.put({ ...now, channels: [...now.channels, added] })
                }}
                bound={(line) => {
                  note(line)
                  say(linesText().bindDone)
                }}
              />
            </section>
          }
        >
          {(line) => (
            <section class="rounded-card border border-line bg-surface p-4">
              <p class="font-semibold">{channel()?.name}</p>
              <p class="nums mb-3 text-small text-ink-2">
                {[channel()?.phone && phoneNumber(channel()?.phone ?? ''), linesText().states[line().state]]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <BoundPart line={line()} changed={note} unbound={() => void asked.again()} />
            </section>
          )}
        </Show>
      </Show>
    </>
  )
}
