import { createUniqueId, Show, untrack } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { ChannelConsent } from '#contract/consents.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { channelText } from '../../text/channel.ts'
import { consentsText } from '../../text/consents.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

type ConsentWordsSheetProps = {
  channelId: string
  own: ChannelConsent
  changed: (own: ChannelConsent) => void
  close: () => void
}

const listOf = (text: string) =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter(Boolean)

/** The words, what they hold for and what the number answers. */
export function ConsentWordsSheet(props: ConsentWordsSheetProps) {
  const action = createAction()
  const words = () => consentsText()
  const [form, setForm] = createStore(
    untrack(() => ({
      outWords: props.own.outWords.join(', '),
      inWords: props.own.inWords.join(', '),
      covers: props.own.covers,
      outReply: props.own.outReply,
      inReply: props.own.inReply,
    })),
  )

  async function save() {
    const { channelId, own } = props
    const lists = { outWords: listOf(form.outWords), inWords: listOf(form.inWords) }
    const { covers, outReply, inReply } = form
    props.changed(await call(api.changeChannelConsent, { channelId, rev: own.rev, ...lists, covers, outReply, inReply }))
    say(channelText().saved)
    props.close()
  }

  return (
    <Sheet title={words().words} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <p class="text-small text-ink-2">{words().wordsHelp}</p>
        <Field
          label={words().outWords}
          hint={words().wordsHint}
          maxlength={300}
          autocomplete="off"
          required
          value={form.outWords}
          onInput={(event) => setForm('outWords', event.currentTarget.value)}
        />
        <Field
          label={words().inWords}
          maxlength={300}
          autocomplete="off"
          value={form.inWords}
          onInput={(event) => setForm('inWords', event.currentTarget.value)}
        />
        <Choice
          label={words().covers}
          value={form.covers}
          onChange={(event) => setForm('covers', event.currentTarget.value === 'channel' ? 'channel' : 'all')}
        >
          <option value="all">{words().coversOf.all}</option>
          <option value="channel">{words().coversOf.channel}</option>
        </Choice>
        <Reply label={words().outReply} value={form.outReply} type={(text) => setForm('outReply', text)} />
        <Show when={form.outReply === ''}>
          <Button class="self-start" onClick={() => setForm('outReply', words().outSample)}>
            {words().useSample}
          </Button>
        </Show>
        <Reply label={words().inReply} value={form.inReply} type={(text) => setForm('inReply', text)} />
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
        <Button kind="primary" type="submit" busy={action.busy()}>
          {channelText().save}
        </Button>
      </form>
    </Sheet>
  )
}

function Reply(props: { label: string; value: string; type: (text: string) => void }) {
  const id = createUniqueId()
  return (
    <div>
      <label for={id} class="mb-1 block text-small font-semibold">
        {props.label}
      </label>
      <textarea
        id={id}
        class="field min-h-20"
        rows="3"
        maxlength={500}
        aria-describedby={`${id}-help`}
        value={props.value}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
      <p id={`${id}-help`} class="mt-1 text-meta text-ink-3">
        {consentsText().replyHint}
      </p>
    </div>
  )
}
