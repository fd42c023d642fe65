import PenLine from 'lucide-solid/icons/pen-line'
import { createSignal, For, Show } from 'solid-js'
import type { Privacy } from '#contract/privacy.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/privacy-endpoints.ts'
import { CopyLine } from '../../copy-line.tsx'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { dayTime } from '../../text/format.ts'
import { privacyText } from '../../text/privacy.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { NoticeSheet } from './notice-sheet.tsx'
import { SendingForm } from './sending-form.tsx'

/** What the company tells people about their data: the notice, its page, its versions, and to whom it is sent. */
export default function PrivacyScreen() {
  const asked = createAsked(() => call(api.getPrivacy, {}))
  return (
    <PartPage title={privacyText().title}>
      <LoadProblem of={asked} title={privacyText().loadFailed} />
      <Show
        when={asked.items()}
        fallback={
          <Show when={asked.loading()}>
            <div class="skeleton h-60 rounded-card bg-sunk" aria-hidden="true" />
          </Show>
        }
      >
        {(privacy) => <Parts privacy={privacy()} changed={asked.put} />}
      </Show>
    </PartPage>
  )
}

function Parts(props: { privacy: Privacy; changed: (privacy: Privacy) => void }) {
  const [isWriting, setIsWriting] = createSignal(false)
  const words = () => privacyText()
  return (
    <div class="flex flex-col gap-5">
      <section class="fold-bl rounded-card border border-line bg-surface p-5" aria-label={words().notice}>
        <h2 class="text-heading font-bold">{words().notice}</h2>
        <p class="mt-1 text-small text-ink-2">{words().noticeHelp}</p>
        <Show
          when={props.privacy.current}
          fallback={
            <Empty title={words().none} help={words().noneHelp}>
              <Button kind="primary" icon={PenLine} onClick={() => setIsWriting(true)}>
                {words().writeFirst}
              </Button>
            </Empty>
          }
        >
          {(current) => (
            <>
              <p class="mt-3 font-semibold">{words().published(current().version, dayTime(current().at), current().by ?? '')}</p>
              <CopyLine name={words().address} copyLabel={words().copyAddress} value={props.privacy.address ?? ''} />
              <div class="mt-3">
                <Button icon={PenLine} onClick={() => setIsWriting(true)}>
                  {words().edit}
                </Button>
              </div>
              <History privacy={props.privacy} />
            </>
          )}
        </Show>
      </section>
      <Show when={props.privacy.current}>
        {/* Another revision is another form: what was written belongs to the one before. */}
        <Show when={String(props.privacy.rev)} keyed>
          <SendingForm privacy={props.privacy} changed={(next) => props.changed(next)} />
        </Show>
      </Show>
      <Show when={isWriting()}>
        <NoticeSheet privacy={props.privacy} changed={(next) => props.changed(next)} close={() => setIsWriting(false)} />
      </Show>
    </div>
  )
}

/** Every version with its own address: each stays readable. */
function History(props: { privacy: Privacy }) {
  return (
    <details class="mt-3" open={props.privacy.history.length < 4}>
      <summary class="flex min-h-11 cursor-pointer items-center text-small text-anil">{privacyText().history}</summary>
      <ul>
        <For each={props.privacy.history}>
          {({ version, by, at }) => (
            <li class="border-line [&+&]:border-t">
              <a
                class="row flex min-h-11 items-center text-small"
                target="_blank"
                rel="noopener"
                href={`${props.privacy.address ?? ''}?version=${version}`}
              >
                <span class="underline underline-offset-4">{privacyText().published(version, dayTime(at), by ?? '')}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </details>
  )
}
