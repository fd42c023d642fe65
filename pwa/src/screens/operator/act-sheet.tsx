import { createSignal, type JSX } from 'solid-js'
import { createAction } from '../../api/create-action.ts'
import { operatorMoneyText } from '../../text/operator-money.ts'
import { t } from '../../text/text.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextArea } from '../../ui/text-area.tsx'

const LEAST_LETTERS = 4

type ActSheetProps = {
  title: string
  help: string
  doIt: string
  /** The company reads the reason too. */
  forCompany: boolean
  /** Its own fields. */
  children?: JSX.Element
  /** What those fields hold is not enough yet: nothing is sent. */
  isWrong?: () => boolean
  /** `id` is the same for the same words and fields, so that what is sent twice is done once. */
  run: (reason: string, id: string) => Promise<void>
  /** What the fields hold, as one text. */
  held?: () => string
  close: () => void
}

/** Something that an operator decides: never without a reason. */
export function ActSheet(props: ActSheetProps) {
  const words = () => operatorMoneyText()
  const action = createAction()
  const [reason, setReason] = createSignal('')
  const [isShort, setIsShort] = createSignal(false)
  let last = { held: '', id: '' }

  async function send(): Promise<void> {
    const why = reason().trim()
    setIsShort(why.length < LEAST_LETTERS)
    const isWrong = props.isWrong?.() ?? false
    if (isShort() || isWrong) return
    const held = `${why} ${props.held?.() ?? ''}`
    if (last.held !== held) last = { held, id: uuidv7() }
    const { run } = props
    await action.run(() => run(why, last.id))
  }

  return (
    <Sheet small title={props.title} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-3 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="text-small">{props.help}</p>
        {props.children}
        <TextArea
          label={words().reason}
          hint={props.forCompany ? words().reasonForCompany : words().reasonForUs}
          error={isShort() ? words().reasonShort : null}
          maxlength={300}
          value={reason()}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <div class="mt-2 flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind="sure" type="submit" busy={action.busy()}>
            {props.doIt}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
