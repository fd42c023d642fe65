import CircleCheck from 'lucide-solid/icons/circle-check'
import Copy from 'lucide-solid/icons/copy'
import QrCode from 'lucide-solid/icons/qr-code'
import Smartphone from 'lucide-solid/icons/smartphone'
import { createSignal, For, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import type { Session } from '#contract/sessions.ts'
import { copyText } from '../lib/copy.ts'
import { createRead } from '../lib/create-read.ts'
import { phoneNumber } from '../text/format.ts'
import { sessionsText } from '../text/sessions.ts'
import { failureText, t } from '../text/text.ts'
import { Button, Busy, IconButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/toast.tsx'
import { createCountdown } from './create-countdown.ts'

export type Way = { way: 'qr' } | { way: 'code'; phone: string }
type LinkPanelProps = { session: Session; busy: boolean; link: (way: Way) => void }

/** The steps of linking a number, whoever does it: the way, the code, the success. */
export function LinkPanel(props: LinkPanelProps) {
  return (
    <Switch fallback={<Ways {...props} />}>
      <Match when={props.session.state === 'linking' && props.session.qr}>
        {(text) => <QrStep text={text()} until={props.session.until} />}
      </Match>
      <Match when={props.session.state === 'linking' && props.session.pairingCode}>
        {(code) => <CodeStep code={code()} until={props.session.until} />}
      </Match>
      <Match when={props.session.state === 'linking'}>
        <Wait says={sessionsText().preparing} session={props.session} />
      </Match>
      <Match when={['connecting', 'reconnecting'].includes(props.session.state)}>
        <Wait says={sessionsText().connecting} session={props.session} />
      </Match>
      <Match when={props.session.state === 'open'}>
        <p role="status" class="mt-3 flex items-center gap-3 text-eucalipto">
          <Icon of={CircleCheck} size={28} />
          <span class="min-w-0">
            <span class="block font-semibold">{sessionsText().open}</span>
            <span class="nums block text-small text-ink-2">
              {[props.session.me && phoneNumber(props.session.me.phone), props.session.me?.name].filter(Boolean).join(' · ')}
            </span>
          </span>
        </p>
      </Match>
    </Switch>
  )
}

/** Something is under way. Where no program is there to do it, that is said instead of letting people wait. */
function Wait(props: { says: string; session: Session }) {
  return (
    <p role="status" class="mt-3 flex items-center gap-3 text-ink-2">
      <Show when={props.session.node !== null} fallback={<span>{failureText('session_no_node')?.cause}</span>}>
        <Busy />
        {props.says}
      </Show>
    </p>
  )
}

function Ways(props: LinkPanelProps) {
  const [phone, setPhone] = createSignal(untrack(() => props.session.me?.phone ?? ''))
  return (
    <div class="mt-3 grid gap-4 tablet:grid-cols-2">
      <div>
        <Button kind="primary" icon={QrCode} class="w-full" busy={props.busy} onClick={() => props.link({ way: 'qr' })}>
          {sessionsText().byQr}
        </Button>
        <p class="mt-2 text-small text-ink-2">{sessionsText().byQrHelp}</p>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.link({ way: 'code', phone: phone() })
        }}
      >
        <Field
          label={sessionsText().phone}
          hint={sessionsText().byCodeHelp}
          type="tel"
          inputmode="tel"
          autocomplete="off"
          minlength={6}
          required
          value={phone()}
          onInput={(event) => setPhone(event.currentTarget.value)}
        />
        <Button type="submit" icon={Smartphone} class="mt-3 w-full" busy={props.busy}>
          {sessionsText().askCode}
        </Button>
      </form>
    </div>
  )
}

function QrStep(props: { text: string; until: string | null }) {
  const left = createCountdown(() => props.until)
  const [picture] = createRead(
    () => props.text,
    async (text) => {
      const { renderSVG } = await import('uqr')
      return `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`
    },
  )
  return (
    <div class="mt-3 flex flex-col items-center gap-4 tablet:flex-row tablet:items-start">
      <div class="flex-none">
        {/* Black on white in the dark too: a camera reads it. */}
        <div class="size-64 overflow-hidden rounded-slip bg-white">
          <Show when={picture.latest}>
            {(src) => (
              <LinkOf text={props.text}>
                <img src={src()} alt={sessionsText().qrPicture} class="size-64" />
              </LinkOf>
            )}
          </Show>
        </div>
        <p class="nums mt-2 text-center text-small text-ink-2">{left() !== null && sessionsText().renews(left() ?? 0)}</p>
      </div>
      <Steps of={sessionsText().steps.qr} />
    </div>
  )
}

/** The code is an address of WhatsApp's own: on the phone of the number a tap on it opens WhatsApp. */
function LinkOf(props: { text: string; children: JSX.Element }) {
  return (
    <Show when={props.text.startsWith('https://wa.me/')} fallback={props.children}>
      <a href={props.text} target="_blank" rel="noreferrer" aria-label={sessionsText().openHere}>
        {props.children}
      </a>
    </Show>
  )
}

function CodeStep(props: { code: string; until: string | null }) {
  const left = createCountdown(() => props.until)
  const shown = () => `${props.code.slice(0, 4)}-${props.code.slice(4)}`
  const minutes = () => `${Math.floor((left() ?? 0) / 60)}:${String((left() ?? 0) % 60).padStart(2, '0')}`
  return (
    <div class="mt-3 grid gap-4">
      <p class="flex items-center justify-center gap-2">
        <code class="font-mono text-title font-bold tracking-widest select-all">{shown()}</code>
        <IconButton
          label={sessionsText().copyCode}
          icon={Copy}
          onClick={() => void copyText(props.code).then((done) => say(done ? t().app.copied : t().app.copyFailed))}
        />
      </p>
      <p class="nums text-center text-small text-ink-2">{left() !== null && sessionsText().holds(minutes())}</p>
      <Steps of={sessionsText().steps.code} />
    </div>
  )
}

function Steps(props: { of: string[] }) {
  return (
    <ol class="grid min-w-0 list-decimal gap-2 pl-5">
      <For each={props.of}>{(step) => <li>{step}</li>}</For>
    </ol>
  )
}
