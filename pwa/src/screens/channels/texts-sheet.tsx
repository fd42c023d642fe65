import { createUniqueId, For, Show, untrack } from 'solid-js'
import { createStore, unwrap } from 'solid-js/store'
import {
  AUTOMATIC_RULES,
  AUTOMATIC_TEXT_MAX,
  AUTOMATIC_VARIABLES,
  automaticText,
  strangeVariable,
  type AutomaticRule,
} from '#contract/automatic.ts'
import type { AutomaticTexts } from '#contract/channel-settings.ts'
import type { Values } from '#contract/variables.ts'
import { createAction } from '../../api/create-action.ts'
import { useDesk } from '../../live/context.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Switch } from '../../ui/switch.tsx'
import { say } from '../../ui/toast.tsx'

type TextsSheetProps = {
  title: string
  help: string
  texts: AutomaticTexts
  /** What `canal` and `apertura` stand for in the preview. */
  samples: Values
  save: (texts: AutomaticTexts) => Promise<void>
  close: () => void
}

/** What a number or a department says by itself: each text with its switch, its variables and how it reads. */
export function TextsSheet(props: TextsSheetProps) {
  const { desk } = useDesk()
  const action = createAction()
  const [texts, setTexts] = createStore<AutomaticTexts>(structuredClone(untrack(() => unwrap(props.texts))))
  const samples = (): Values => ({
    ...{ cliente: channelText().sampleClient, agente: channelText().sampleAgent, empresa: desk.me.account.name },
    ...props.samples,
  })

  async function save() {
    await props.save(structuredClone(unwrap(texts)))
    say(channelText().saved)
    props.close()
  }

  return (
    <Sheet title={props.title} closeLabel={t().app.close} close={props.close}>
      <form
        class="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          void action.run(save)
        }}
      >
        <p class="text-small text-ink-2">{props.help}</p>
        <For each={AUTOMATIC_RULES}>
          {(rule) => (
            <RuleFields
              rule={rule}
              isOn={texts[rule].on}
              text={texts[rule].text}
              samples={samples()}
              turn={(on) => setTexts(rule, 'on', on)}
              type={(text) => setTexts(rule, 'text', text)}
            />
          )}
        </For>
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

type RuleFieldsProps = {
  rule: AutomaticRule
  isOn: boolean
  text: string
  samples: Values
  turn: (on: boolean) => void
  type: (text: string) => void
}

function RuleFields(props: RuleFieldsProps) {
  const id = createUniqueId()
  let area!: HTMLTextAreaElement
  const strange = () => strangeVariable(props.rule, props.text)
  const words = () => channelText().variable

  /** Puts a variable where the cursor is. */
  function put(name: string) {
    const { selectionStart: from, selectionEnd: to } = area
    props.type(`${props.text.slice(0, from)}{${name}}${props.text.slice(to)}`)
    area.focus()
    area.setSelectionRange(from + name.length + 2, from + name.length + 2)
  }

  return (
    <section class="rounded-slip border border-line p-4" aria-label={channelText().rules[props.rule]}>
      <Switch
        name={channelText().rules[props.rule]}
        help={channelText().ruleHelp[props.rule]}
        on={props.isOn}
        change={(on) => props.turn(on)}
      />
      <textarea
        ref={area}
        class="field mt-2 min-h-24"
        rows="3"
        aria-label={channelText().textOf(channelText().rules[props.rule])}
        aria-describedby={`${id}-help`}
        maxlength={AUTOMATIC_TEXT_MAX}
        required={props.isOn}
        value={props.text}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
      <p id={`${id}-help`} role="alert" class="text-small text-cochinilla empty:hidden">
        {strange() === null ? null : channelText().strange(strange() ?? '')}
      </p>
      <div role="group" aria-label={channelText().variables} class="flex flex-wrap gap-x-2">
        <For each={AUTOMATIC_VARIABLES[props.rule]}>
          {(name) => (
            <button type="button" class="flex min-h-11 items-center" onClick={() => put(name)}>
              <span class="rounded-chip bg-anil-tint px-2 py-0.5 text-small text-anil">{words()[name]}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={props.text.trim() !== ''}>
        <h3 class="text-meta text-ink-3">{channelText().reads}</h3>
        <p class="slip slip-out slip-bot mt-1 whitespace-pre-wrap">{automaticText(props.text, props.samples)}</p>
      </Show>
    </section>
  )
}
