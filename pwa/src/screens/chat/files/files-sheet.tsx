import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Crop from 'lucide-solid/icons/crop'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import SendHorizontal from 'lucide-solid/icons/send-horizontal'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, For, Show } from 'solid-js'
import { savesData, setSavesData } from '../../../pictures/data-saver.ts'
import type { Crop as Cut } from '../../../pictures/frame.rules.ts'
import { shrinkImage } from '../../../pictures/shrink-image.ts'
import { useDesk } from '../../../live/context.ts'
import { keyOf, type DraftFile } from '../../../live/draft.rules.ts'
import { filesText } from '../../../text/files.ts'
import { fileSize } from '../../../text/format.ts'
import { t } from '../../../text/text.ts'
import { Busy, Button, IconButton } from '../../../ui/button.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { CAPTION_MAX } from '../attach.rules.ts'
import type { Composing } from '../create-composer.ts'
import { createLocalFile } from '../local-files.ts'
import { CropSheet } from './crop-sheet.tsx'

/** What will be sent, file by file: its words, its place, and pictures turned and cut. */
export function FilesSheet(props: { composer: Composing; close: () => void }) {
  const { drafts } = useDesk()
  const [busy, setBusy] = createSignal<string | null>(null)
  const [failed, setFailed] = createSignal<string | null>(null)
  const [cutting, setCutting] = createSignal<DraftFile | null>(null)
  const files = () => props.composer.draft().files
  const weight = () => fileSize(files().reduce((sum, { size }) => sum + size, 0))

  async function edit(file: DraftFile, how: { quarterTurns: number; crop: Cut | null }): Promise<void> {
    setBusy(keyOf(file))
    setFailed(null)
    try {
      const blob = await drafts.fileOf(file.blobId)
      if (!blob) throw new Error('the picture is gone')
      await props.composer.changeFile(keyOf(file), {}, await shrinkImage(blob, how))
    } catch {
      setFailed(keyOf(file))
    } finally {
      setBusy(null)
    }
  }

  async function remove(file: DraftFile): Promise<void> {
    await props.composer.removeFile(file)
    if (files().length === 0) props.close()
  }

  return (
    <Sheet title={filesText().title} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-4">
        <ol class="flex flex-col gap-3">
          <For each={files().map(keyOf)}>
            {(key, i) => (
              <Show when={files().find((one) => keyOf(one) === key)}>
                {(file) => (
                  <Item
                    file={file()}
                    place={i()}
                    of={files().length}
                    isBusy={busy() === key}
                    hasFailed={failed() === key}
                    caption={(caption) => void props.composer.changeFile(key, { caption })}
                    move={(by) => props.composer.moveFile(key, by)}
                    turn={() => void edit(file(), { quarterTurns: 1, crop: null })}
                    cut={() => setCutting(file())}
                    remove={() => void remove(file())}
                  />
                )}
              </Show>
            )}
          </For>
        </ol>
        <Switch name={t().settings.saver} help={t().settings.saverHelp} on={savesData()} change={setSavesData} />
        <p class="text-meta text-ink-2">{filesText().quality(files().length, weight())}</p>
        <div class="flex gap-2">
          <Button kind="outlined" class="flex-1" onClick={() => props.close()}>
            {filesText().done}
          </Button>
          <Button
            kind="primary"
            class="flex-1"
            icon={SendHorizontal}
            disabled={busy() !== null || props.composer.preparing() > 0}
            onClick={() => {
              // Whatever keeps it from leaving is said where it is written.
              props.close()
              void props.composer.send()
            }}
          >
            {t().composer.send}
          </Button>
        </div>
      </div>
      <Show when={cutting()}>
        {(file) => (
          <CropSheet
            file={file()}
            close={() => setCutting(null)}
            cut={(crop) => {
              const wanted = file()
              setCutting(null)
              void edit(wanted, { quarterTurns: 0, crop })
            }}
          />
        )}
      </Show>
    </Sheet>
  )
}

type ItemProps = {
  file: DraftFile
  place: number
  of: number
  isBusy: boolean
  hasFailed: boolean
  caption: (words: string) => void
  move: (by: 1 | -1) => void
  turn: () => void
  cut: () => void
  remove: () => void
}

function Item(props: ItemProps) {
  const isPicture = () => props.file.kind === 'image'
  const url = createLocalFile(
    () => (isPicture() ? props.file.blobId : null),
    () => null,
  )
  return (
    <li class="rounded-card border border-line bg-paper p-3" aria-label={filesText().place(props.place + 1, props.of)}>
      <div class="flex gap-3">
        <div class="relative flex size-24 flex-none items-center justify-center overflow-hidden rounded-segment bg-sunk text-ink-3">
          <Show when={isPicture()} fallback={<span class="clamp-2 p-2 text-small">{props.file.name}</span>}>
            <img src={url()} alt={props.file.name} class="size-full object-contain" />
          </Show>
          <Show when={props.isBusy}>
            <span
              role="status"
              aria-label={t().composer.preparing}
              class="absolute inset-0 flex items-center justify-center bg-sunk"
            >
              <Busy />
            </span>
          </Show>
        </div>
        <div class="min-w-0 flex-1">
          <p class="truncate text-small text-ink-2">
            {props.place + 1} · {fileSize(props.file.size)}
          </p>
          <Show when={props.file.kind !== 'audio'} fallback={<p class="py-2 text-small text-ink-2">{filesText().noCaption}</p>}>
            <textarea
              class="field no-bar resize-none"
              rows="2"
              maxlength={CAPTION_MAX}
              aria-label={filesText().caption}
              placeholder={t().composer.caption}
              value={props.file.caption ?? ''}
              onInput={(event) => props.caption(event.currentTarget.value)}
            />
          </Show>
        </div>
      </div>
      <p role="alert" class="text-small text-cochinilla empty:hidden">
        {props.hasFailed ? filesText().failed : ''}
      </p>
      <div class="mt-1 flex justify-between">
        <IconButton
          label={filesText().earlier(props.file.name)}
          icon={ArrowUp}
          disabled={props.place === 0}
          class="disabled:opacity-40"
          onClick={() => props.move(-1)}
        />
        <IconButton
          label={filesText().later(props.file.name)}
          icon={ArrowDown}
          disabled={props.place === props.of - 1}
          class="disabled:opacity-40"
          onClick={() => props.move(1)}
        />
        <Show when={isPicture() && !props.file.mediaId}>
          <IconButton
            label={filesText().turn(props.file.name)}
            icon={RotateCw}
            disabled={props.isBusy}
            onClick={() => props.turn()}
          />
          <IconButton label={filesText().crop(props.file.name)} icon={Crop} disabled={props.isBusy} onClick={() => props.cut()} />
        </Show>
        <IconButton
          label={filesText().remove(props.file.name)}
          icon={Trash}
          class="!text-cochinilla"
          onClick={() => props.remove()}
        />
      </div>
    </li>
  )
}
