import type { JSX } from 'solid-js'
import { createAction } from '../../api/create-action.ts'
import { uuidv7 } from '../../lib/uuid.ts'
import { ReasonSheet } from '../../reason-sheet.tsx'
import { operatorMoneyText } from '../../text/operator-money.ts'

const LEAST_LETTERS = 4

type ActSheetProps = {
  title: string
  help: string
  doIt: string
  /** The company reads the reason too. */
  forCompany: boolean
  children?: JSX.Element
  isWrong?: () => boolean
  /** `id` is the same for the same words and fields, so that what is sent twice is done once. */
  run: (reason: string, id: string) => Promise<void>
  /** What the fields hold, as one text. */
  held?: () => string
  close: () => void
}

/** Something that an operator decides. */
export function ActSheet(props: ActSheetProps) {
  const action = createAction()
  let last = { held: '', id: '' }
  const words = () => {
    const { reason, reasonForCompany, reasonForUs, reasonShort: short } = operatorMoneyText()
    return { reason, hint: props.forCompany ? reasonForCompany : reasonForUs, short, least: LEAST_LETTERS }
  }

  function send(why: string): void {
    const held = `${why} ${props.held?.() ?? ''}`
    if (last.held !== held) last = { held, id: uuidv7() }
    const { run } = props
    void action.run(() => run(why, last.id))
  }

  return (
    <ReasonSheet
      title={props.title}
      help={props.help}
      doIt={props.doIt}
      words={words()}
      isWrong={props.isWrong}
      action={action}
      send={send}
      close={props.close}
    >
      {props.children}
    </ReasonSheet>
  )
}
