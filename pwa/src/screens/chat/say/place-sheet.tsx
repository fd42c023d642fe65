import LocateFixed from 'lucide-solid/icons/locate-fixed'
import MapPin from 'lucide-solid/icons/map-pin'
import { createSignal, Show } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { cardsText } from '../../../text/cards.ts'
import { t } from '../../../text/text.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { createSay } from './create-say.ts'
import { pointIn, writtenPoint } from './place.rules.ts'

const FIND_MS = 15_000

/** Sends a place: where one is, or one that is pasted from a map. */
export function PlaceSheet(props: { chat: Chat; close: () => void; sent: () => void }) {
  const words = () => cardsText().place
  const [where, setWhere] = createSignal('')
  const [name, setName] = createSignal('')
  const [address, setAddress] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [isWrong, setIsWrong] = createSignal(false)
  const { say, refusal, setRefusal } = createSay(
    () => props.chat,
    () => props.sent(),
  )
  const point = () => pointIn(where())

  function here() {
    setBusy(true)
    setRefusal(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false)
        setWhere(writtenPoint(coords))
      },
      () => {
        setBusy(false)
        setRefusal(words().hereFailed)
      },
      { enableHighAccuracy: true, timeout: FIND_MS, maximumAge: 60_000 },
    )
  }

  function send(event: Event) {
    event.preventDefault()
    const at = point()
    if (!at) return setIsWrong(true)
    const given = { ...(name().trim() && { name: name().trim() }), ...(address().trim() && { address: address().trim() }) }
    void say({ kind: 'location', location: { ...at, ...given } }, [name(), address()])
  }

  return (
    <Sheet title={words().title} closeLabel={t().app.close} close={props.close}>
      <form class="flex flex-col gap-3 p-5" onSubmit={send}>
        <Show when={'geolocation' in navigator}>
          <Button icon={LocateFixed} busy={busy()} onClick={here}>
            {busy() ? words().finding : words().here}
          </Button>
        </Show>
        <Field
          label={words().where}
          hint={words().whereHelp}
          error={isWrong() && !point() ? words().whereWrong : null}
          inputmode="text"
          autocomplete="off"
          value={where()}
          onInput={(event) => setWhere(event.currentTarget.value)}
        />
        <Show when={point()}>
          {(at) => (
            <p class="nums flex items-center gap-2 text-small text-ink-2">
              <Icon of={MapPin} size={18} class="text-cochinilla" />
              {writtenPoint(at())}
            </p>
          )}
        </Show>
        <Field label={words().name} maxlength={200} value={name()} onInput={(event) => setName(event.currentTarget.value)} />
        <Field
          label={words().address}
          maxlength={300}
          value={address()}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {refusal()}
        </p>
        <Button kind="primary" type="submit">
          {cardsText().send}
        </Button>
      </form>
    </Sheet>
  )
}
