import { createSignal, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { PASSPHRASE_MIN } from '#contract/passphrase.ts'
import type { Session } from '#contract/sessions.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { saveText } from '../../lib/copy.ts'
import { backupsText } from '../../text/backups.ts'
import { dayTime, phoneNumber } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'
import { headerOf, type Header } from './backup-header.rules.ts'

/** Megabytes on a slow line. */
const SLOW_MS = 120_000

type BackupProps = { channel: Channel; session: Session; note: (session: Session) => void; close: () => void }

/** The keys of a number in a sealed file: taken away, or put back. */
export function BackupSheet(props: BackupProps) {
  return (
    <Sheet title={backupsText().title} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-6 p-5">
        <div class="grid gap-2 text-small text-ink-2">
          <p>{backupsText().what}</p>
          <p>{backupsText().secret}</p>
          <p class="rounded-segment bg-cochinilla-tint px-3 py-2 text-ink">{backupsText().twice}</p>
          <p class="rounded-segment bg-maiz-tint px-3 py-2 text-ink">{backupsText().old}</p>
        </div>
        <Show when={props.session.linkedAt}>
          <Export channel={props.channel} isOpen={props.session.state === 'open'} close={props.close} />
        </Show>
        <Show when={props.session.state !== 'open'}>
          <Import channel={props.channel} note={props.note} close={props.close} />
        </Show>
      </div>
    </Sheet>
  )
}

function Export(props: { channel: Channel; isOpen: boolean; close: () => void }) {
  const action = createAction()
  const [words, setWords] = createSignal('')
  const [again, setAgain] = createSignal('')
  const [isWrong, setIsWrong] = createSignal(false)

  async function make() {
    const { fileName, file } = await call(
      api.exportSession,
      { channelId: props.channel.id, passphrase: words() },
      { timeoutMs: SLOW_MS },
    )
    saveText(fileName, file)
    say(backupsText().made)
    props.close()
  }

  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setIsWrong(words() !== again())
        if (!isWrong()) void action.run(make)
      }}
    >
      <Field
        label={backupsText().passphrase}
        hint={backupsText().passphraseHint(PASSPHRASE_MIN)}
        type="password"
        autocomplete="new-password"
        minlength={PASSPHRASE_MIN}
        maxlength={200}
        required
        value={words()}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <Field
        label={backupsText().again}
        error={isWrong() ? backupsText().differs : null}
        type="password"
        autocomplete="new-password"
        maxlength={200}
        required
        value={again()}
        onInput={(event) => setAgain(event.currentTarget.value)}
      />
      <p class="text-small text-ink-2 empty:hidden">{props.isOpen ? backupsText().live : ''}</p>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" type="submit" busy={action.busy()}>
        {backupsText().make}
      </Button>
    </form>
  )
}

type Chosen = { text: string; header: Header | null }

function Import(props: { channel: Channel; note: (session: Session) => void; close: () => void }) {
  const action = createAction()
  const [chosen, setChosen] = createSignal<Chosen | null>(null)
  const [words, setWords] = createSignal('')
  const header = () => chosen()?.header ?? null

  async function put() {
    const file = chosen()?.text ?? ''
    props.note(await call(api.importSession, { channelId: props.channel.id, passphrase: words(), file }, { timeoutMs: SLOW_MS }))
    say(backupsText().restored)
    props.close()
  }

  return (
    <form
      class="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void action.run(put)
      }}
    >
      <div>
        <h3 class="font-semibold">{backupsText().restore}</h3>
        <p class="text-small text-ink-2">{backupsText().restoreHelp}</p>
      </div>
      <Field
        label={backupsText().choose}
        error={chosen() && !header() ? backupsText().notOne : null}
        type="file"
        accept=".json,application/json"
        required
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) void file.text().then((text) => setChosen({ text, header: headerOf(text) }))
        }}
      />
      <Show when={header()}>
        {(now) => (
          <p class="text-small">
            {backupsText().header(phoneNumber(now().number), dayTime(now().madeAt))} {now().live ? backupsText().wasLive : ''}
          </p>
        )}
      </Show>
      <Field
        label={backupsText().open}
        type="password"
        autocomplete="off"
        maxlength={200}
        required
        value={words()}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
      <Button kind="primary" type="submit" busy={action.busy()} disabled={!header()}>
        {backupsText().put}
      </Button>
    </form>
  )
}
