import { createSignal, Show } from 'solid-js'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { NewPassword } from '../../new-password.tsx'
import { own } from '../../text/own.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { say } from '../../ui/toast.tsx'
import { CurrentPassword, wrongPassword } from './current-password.tsx'
import { Refused, Section } from './section.tsx'

/** The own password: the one that holds, and the next. */
export function ChangePassword(props: { changed: () => void }) {
  const action = createAction()
  const [isOpen, setIsOpen] = createSignal(false)
  const [current, setCurrent] = createSignal('')
  const [next, setNext] = createSignal('')

  function close() {
    setIsOpen(false)
    setCurrent('')
    setNext('')
  }
  async function change() {
    await call(api.changePassword, { current: current(), next: next() })
    close()
    say(own().change.done)
    props.changed()
  }

  return (
    <Section title={own().change.title}>
      <Show
        when={isOpen()}
        fallback={
          <Button class="self-start" onClick={() => setIsOpen(true)}>
            {own().change.open}
          </Button>
        }
      >
        <form
          class="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void action.run(change, wrongPassword)
          }}
        >
          <CurrentPassword value={current()} type={setCurrent} />
          <NewPassword label={own().password.next} value={next()} type={setNext} />
          <p class="text-small text-ink-2">{own().change.help}</p>
          <Refused error={action.error()} />
          <div class="flex flex-wrap gap-2">
            <Button kind="primary" type="submit" busy={action.busy()}>
              {own().change.open}
            </Button>
            <Button kind="quiet" onClick={close}>
              {t().app.cancel}
            </Button>
          </div>
        </form>
      </Show>
    </Section>
  )
}
