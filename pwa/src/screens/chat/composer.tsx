import MessageSquareText from 'lucide-solid/icons/message-square-text'
import Paperclip from 'lucide-solid/icons/paperclip'
import StickyNote from 'lucide-solid/icons/sticky-note'
import X from 'lucide-solid/icons/x'
import Zap from 'lucide-solid/icons/zap'
import { createEffect, createSignal, on, Show, Suspense } from 'solid-js'
import { lazyPart } from '../../lib/lazy-part.ts'
import type { Chat } from '#contract/inbox.ts'
import { onCommands } from '../../lib/commands.ts'
import { createMediaQuery } from '../../lib/create-media-query.ts'
import { chatName } from '../../text/chat-name.ts'
import { loadCardsText } from '../../text/cards.ts'
import { loadFilesText } from '../../text/files.ts'
import { loadTemplateText } from '../../text/templates.ts'
import { loadVoiceText } from '../../text/voice.ts'
import { t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segment } from '../../ui/chip.tsx'
import { Icon } from '../../ui/icon.tsx'
import { createComposer } from './create-composer.ts'
import { createQuick } from './create-quick.ts'
import { createTyping } from './create-typing.ts'
import { createMention } from './create-mention.ts'
import { MentionPicker } from './mention-picker.tsx'
import { QuickPicker } from './quick-picker.tsx'
import { Quoted } from './quoted.tsx'
import { SendButton } from './send-button.tsx'
import type { Gesture } from './voice/gesture.rules.ts'
import { MicButton } from './voice/mic-button.tsx'
import { WindowLeft } from './window-left.tsx'

/** Comes with its words, when it is first needed. */
const TemplateSheet = lazyPart(async () => {
  const [sheet] = await Promise.all([import('./template-sheet.tsx'), loadTemplateText()])
  return { default: sheet.TemplateSheet }
})

/** So does the way to pay for a number that sends nothing. */
const PayWay = lazyPart(async () => (await import('../../pay-way.tsx')).loadPayWay())

/** So do the files of a draft. */
const AttachedFiles = lazyPart(async () => ({ default: (await import('./attached-files.tsx')).AttachedFiles }))

/** And what a quick reply lacks. */
const MissingValues = lazyPart(async () => ({ default: (await import('./missing-values.tsx')).MissingValues }))

/** And the places from where a file comes. */
const AttachMenu = lazyPart(async () => {
  const [menu] = await Promise.all([import('./attach-menu.tsx'), loadCardsText()])
  return { default: menu.AttachMenu }
})

/** So does what can be done with files before they go. */
const FilesSheet = lazyPart(async () => {
  const [sheet] = await Promise.all([import('./files/files-sheet.tsx'), loadFilesText()])
  return { default: sheet.FilesSheet }
})

/** Recording comes with its words when somebody touches the microphone. */
const VoiceBar = lazyPart(async () => {
  const [bar] = await Promise.all([import('./voice/voice-bar.tsx'), loadVoiceText()])
  return { default: bar.VoiceBar }
})

/** Where an answer or a note is written. What is typed is kept, whatever happens to the page. */
export function Composer(props: {
  chat: Chat
  sent: () => void
  /** Names what another app shared into this chat. */
  shared?: string | undefined
  sharedTaken?: () => void
}) {
  const composer = createComposer(
    () => props.chat,
    () => props.sent(),
  )
  const { draft, text, isNote, closed } = composer
  const hasMouse = createMediaQuery('(pointer: fine)')
  const [isChoosing, setIsChoosing] = createSignal(false)
  const [isOver, setIsOver] = createSignal(false)
  const [isTemplate, setIsTemplate] = createSignal(false)
  const [isPreparing, setIsPreparing] = createSignal(false)
  const [gesture, setGesture] = createSignal<Gesture | null>(null)
  const typing = createTyping(() => props.chat)
  let area!: HTMLTextAreaElement
  let form!: HTMLFormElement
  const quick = createQuick(
    () => props.chat,
    composer,
    () => area,
  )
  const told = () => (text() === '' ? null : quick.told())
  const mention = createMention(
    () => props.chat,
    composer,
    () => area,
  )
  onCommands({
    quick: () => quick.mayOpen() && quick.open(false),
    note: () => {
      if (!composer.may('notes.write')) return
      composer.change({ mode: 'note' })
      area.focus()
    },
  })
  const canWrite = () => (isNote() ? composer.may('notes.write') : closed() === null)
  const isReady = () =>
    canWrite() && composer.preparing() === 0 && (text().trim() !== '' || (!isNote() && draft().files.length > 0))

  function stopRecording() {
    setGesture(null)
    // On a phone the keyboard would come up.
    if (hasMouse()) queueMicrotask(() => area.focus())
  }

  /** Nothing is written, so one can speak. */
  const mayRecord = () => !isNote() && text() === '' && draft().files.length === 0 && composer.preparing() === 0
  const isRecording = () => !isNote() && (gesture() !== null || draft().voice !== undefined)
  /** While a finger is on it the microphone stays where it is. */
  const showsMic = () => mayRecord() && (gesture()?.way === 'held' || !isRecording())

  createEffect(
    on(
      () => props.shared,
      async (id) => {
        if (!id) return
        await composer.takeShared(id)
        props.sharedTaken?.()
        if (draft().files.length > 1) setIsPreparing(true)
      },
    ),
  )

  // Grows with what is written, to five lines; then it scrolls.
  createEffect(
    on(text, (words, before) => {
      // Empty from the beginning: it is as high as it is, and the screen need not be laid out to know it.
      if (words === '' && before === undefined) return
      area.style.height = 'auto'
      area.style.height = `${area.scrollHeight + 3}px`
    }),
  )

  function submit(event?: Event) {
    event?.preventDefault()
    void composer.send()
    area.focus()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (quick.onKey(event) || mention.onKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && hasMouse()) submit(event)
    if (event.key !== 'Escape') return
    if (draft().replyTo) composer.change({ replyTo: null })
    // Out of the words: from here on single letters are shortcuts.
    else area.closest('main')?.focus()
  }

  function take(event: { preventDefault(): void }, files: FileList | undefined) {
    if (!files || files.length === 0 || closed()) return
    event.preventDefault()
    void attach([...files])
  }

  /** Several at once are looked at together before they go. */
  async function attach(files: File[]) {
    await composer.attach(files)
    if (files.length > 1 && draft().files.length > 1) setIsPreparing(true)
  }

  return (
    <form
      ref={form}
      class="composer relative flex-none border-t border-line bg-surface px-3 pt-1 pb-[max(10px,env(safe-area-inset-bottom))]"
      onSubmit={submit}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={(event) => event.target === form && setIsOver(false)}
      onDrop={(event) => {
        // Whatever was dropped, the page must not open it.
        event.preventDefault()
        setIsOver(false)
        take(event, event.dataTransfer?.files)
      }}
    >
      <div class="composer-ways flex flex-wrap items-center" role="group" aria-label={t().composer.way}>
        <Segment chosen={!isNote() && quick.opened() === null} choose={() => composer.change({ mode: 'message' })}>
          {t().composer.message}
        </Segment>
        <Show when={composer.may('notes.write')}>
          <Segment tone="maiz" chosen={isNote()} choose={() => composer.change({ mode: 'note' })}>
            <Icon of={StickyNote} size={17} />
            {t().composer.note}
          </Segment>
        </Show>
        <Show when={quick.mayOpen()}>
          <Segment chosen={quick.opened() !== null} choose={() => quick.open(false)}>
            <Icon of={Zap} size={17} />
            {t().quick.name}
          </Segment>
        </Show>
        <Show when={!isNote() && composer.windowLeft()}>{(left) => <WindowLeft left={left()} />}</Show>
      </div>
      <Show when={!isNote() && closed()}>
        {(why) => (
          <div class="mb-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">
            {why()} <Show when={composer.may('notes.write')}>{t().composer.noteStill}</Show>
            <Show when={composer.unpaid()}>
              {(number) => (
                <Suspense>
                  <PayWay number={number()} />
                </Suspense>
              )}
            </Show>
            <Show when={composer.mayTemplate()}>
              <Button kind="outlined" class="mt-2 w-full" icon={MessageSquareText} onClick={() => setIsTemplate(true)}>
                {t().composer.sendTemplate}
              </Button>
            </Show>
          </div>
        )}
      </Show>
      <Show when={!isNote() && draft().replyTo}>
        {(quoted) => (
          <div class="mb-1.5 flex items-center gap-1">
            <div class="min-w-0 flex-1">
              <p class="text-meta font-semibold text-anil">
                {t().composer.replying(quoted().direction === 'in' ? chatName(props.chat) : t().slip.quotedYou)}
              </p>
              <Quoted quoted={quoted()} name={props.chat.contact.name} />
            </div>
            <IconButton label={t().composer.stopReply} icon={X} onClick={() => composer.change({ replyTo: null })} />
          </div>
        )}
      </Show>
      <Show when={!isNote() && (draft().files.length > 0 || composer.preparing() > 0)}>
        <Suspense>
          <AttachedFiles
            files={draft().files}
            preparing={composer.preparing()}
            remove={(file) => void composer.removeFile(file)}
            open={() => setIsPreparing(true)}
          />
        </Suspense>
      </Show>
      <Show when={composer.missing().length > 0 || told()}>
        <Suspense>
          <MissingValues names={composer.missing()} told={told()} show={quick.show} />
        </Suspense>
      </Show>
      <p role="alert" class="mb-1.5 text-small text-cochinilla empty:hidden">
        {composer.refusal()}
      </p>
      <div class="composer-row flex items-end gap-2">
        <Show when={isRecording()}>
          <Suspense fallback={<span class="min-h-12 flex-1" />}>
            <VoiceBar chat={props.chat} gesture={gesture()} done={stopRecording} sent={() => props.sent()} />
          </Suspense>
        </Show>
        <Show when={!isNote() && !isRecording()}>
          <IconButton
            label={t().composer.attach}
            icon={Paperclip}
            class="mb-0.5"
            disabled={closed() !== null}
            onClick={() => setIsChoosing(true)}
          />
        </Show>
        <textarea
          ref={area}
          data-composer=""
          class="field no-bar max-h-[8.1rem] min-w-0 flex-1 resize-none !bg-paper"
          classList={{ '!border-maiz !bg-maiz-tint': isNote(), hidden: isRecording() }}
          rows="1"
          aria-label={isNote() ? t().composer.noteLabel : t().composer.label}
          placeholder={placeholder()}
          disabled={!canWrite()}
          enterkeyhint={hasMouse() ? 'send' : 'enter'}
          value={text()}
          onInput={(event) => {
            composer.setRefusal(null)
            composer.change(isNote() ? { note: event.currentTarget.value } : { text: event.currentTarget.value })
            if (!isNote()) typing()
            mention.look()
          }}
          onBlur={mention.close}
          onClick={mention.look}
          onKeyDown={onKeyDown}
          onPaste={(event) => take(event, event.clipboardData?.files)}
        />
        <Show when={showsMic()} fallback={<SendButton isNote={isNote()} isReady={isReady()} isHidden={isRecording()} />}>
          <MicButton gesture={gesture()} disabled={closed() !== null || !composer.may('media.upload')} change={setGesture} />
        </Show>
      </div>
      <Show when={quick.opened()}>
        <QuickPicker
          channelId={props.chat.channelId}
          filling={quick.filling()}
          templates={
            composer.mayTemplate()
              ? () => {
                  quick.close(false)
                  setIsTemplate(true)
                }
              : null
          }
          choose={(reply) => void quick.choose(reply)}
          close={quick.close}
        />
      </Show>
      <MentionPicker people={mention.found()} active={mention.active()} choose={mention.choose} />
      <Show when={isTemplate()}>
        <Suspense>
          <TemplateSheet chat={props.chat} close={() => setIsTemplate(false)} sent={() => props.sent()} />
        </Suspense>
      </Show>
      <Show when={isPreparing() && draft().files.length > 0}>
        <Suspense>
          <FilesSheet composer={composer} close={() => setIsPreparing(false)} />
        </Suspense>
      </Show>
      <Show when={isOver()}>
        <div class="pointer-events-none absolute inset-1.5 z-1 flex items-center justify-center rounded-slip border-2 border-dashed border-anil bg-anil-tint font-semibold text-anil">
          {t().composer.drop}
        </div>
      </Show>
      <Show when={isChoosing()}>
        <Suspense>
          <AttachMenu
            chat={props.chat}
            close={() => setIsChoosing(false)}
            chosen={(files) => void attach(files)}
            sent={() => props.sent()}
          />
        </Suspense>
      </Show>
    </form>
  )

  function placeholder(): string {
    if (isNote()) return t().composer.notePlaceholder
    if (draft().files.length > 0) return t().composer.caption
    return t().composer.placeholder(firstName(chatName(props.chat)))
  }
}

/** People are spoken to by their first name; a number stays whole. */
function firstName(name: string): string {
  return name.startsWith('+') ? name : (name.split(' ')[0] ?? name)
}
