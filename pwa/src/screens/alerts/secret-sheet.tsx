import { Show } from 'solid-js'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/alert-endpoints.ts'
import { ShownOnce } from '../../shown-once.tsx'
import { alertsText } from '../../text/alerts.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** Asks before another secret is made; then, or for a first address, shows it once. */
export function SecretSheet(props: { secret: string | null; changed: (secret: string) => void; close: () => void }) {
  const words = () => alertsText()
  const action = createAction()
  const change = async () => props.changed((await call(api.changeAlertSecret, {})).secret)
  return (
    <Sheet
      small
      title={props.secret === null ? words().secretChangeTitle : words().secretTitle}
      closeLabel={t().app.close}
      close={props.close}
    >
      <div class="grid gap-3 p-5">
        <Show
          when={props.secret}
          fallback={
            <>
              <p class="text-small">{words().secretChangeHelp}</p>
              <p role="alert" class="text-small text-cochinilla empty:hidden">
                {action.error()}
              </p>
              <div class="flex flex-wrap justify-end gap-2">
                <Button kind="quiet" onClick={() => props.close()}>
                  {t().app.cancel}
                </Button>
                <Button kind="primary" busy={action.busy()} onClick={() => void action.run(change)}>
                  {words().secretChange}
                </Button>
              </div>
            </>
          }
        >
          {(secret) => (
            <>
              <p class="text-small">{words().secretHelp}</p>
              <ShownOnce label={words().secretTitle} copyLabel={words().secretCopy} value={secret()} />
            </>
          )}
        </Show>
      </div>
    </Sheet>
  )
}
