import { createSignal, type JSX } from 'solid-js'
import type { Action } from './api/create-action.ts'
import { t } from './text/text.ts'
import { Button } from './ui/button.tsx'
import { Sheet } from './ui/sheet.tsx'
import { TextArea } from './ui/text-area.tsx'

type ReasonSheetProps = {
  title: string
  help: string
  doIt: string
  /** What is said of the reason; `least`: its fewest letters. */
  words: { reason: string; hint: string; short: string; least: number }
  /** Its own fields. */
  children?: JSX.Element
  /** What those fields hold is not enough yet: nothing is sent. */
  isWrong?: (() => boolean) | undefined
  action: Pick<Action, 'busy' | 'error'>
  send: (reason: string) => void
  close: () => void
}

/** A decision about money: never without a reason. */
export function ReasonSheet(props: ReasonSheetProps) {
  const [reason, setReason] = createSignal('')
  const [isShort, setIsShort] = createSignal(false)

  function send(): void {
    const why = reason().trim()
    setIsShort(why.length < props.words.least)
    const isWrong = props.isWrong?.() ?? false
    if (!isShort() && !isWrong) props.send(why)
  }

  return (
    <Sheet small title={props.title} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-3 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p class="text-small">{props.help}</p>
        {props.children}
        <TextArea
          label={props.words.reason}
          hint={props.words.hint}
          error={isShort() ? props.words.short : null}
          maxlength={300}
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {props.action.error()}
        </p>
        <div class="mt-2 flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind="sure" type="submit" busy={props.action.busy()}>
            {props.doIt}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
