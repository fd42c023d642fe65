import { Show, type JSX } from 'solid-js'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Action } from '../../api/create-action.ts'

type ConfirmSheetProps = {
  title: string
  sure: string
  action: Action
  confirm: () => void
  close: () => void
  /** Nothing is lost by it. */
  harmless?: boolean
  children: JSX.Element
}

/** Asks before something that others feel, and says what will happen. */
export function ConfirmSheet(props: ConfirmSheetProps) {
  return (
    <Sheet small title={props.title} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-5">
        {props.children}
        <Show when={props.action.error()}>
          <p role="alert" class="text-small text-cochinilla">
            {props.action.error()}
          </p>
        </Show>
        <div class="mt-2 flex flex-wrap justify-end gap-2">
          <Button kind="quiet" onClick={() => props.close()}>
            {t().app.cancel}
          </Button>
          <Button kind={props.harmless ? 'primary' : 'sure'} busy={props.action.busy()} onClick={() => props.confirm()}>
            {props.sure}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
