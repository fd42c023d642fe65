import { createSignal, For, Show } from 'solid-js'
import type { DraftFile } from '../../../live/draft.rules.ts'
import { cornerMoved, cropMoved, cropOf, type Crop } from '../../../pictures/frame.rules.ts'
import { filesText } from '../../../text/files.ts'
import { t } from '../../../text/text.ts'
import { Button } from '../../../ui/button.tsx'
import { Segment } from '../../../ui/chip.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { createLocalFile } from '../local-files.ts'

const WHOLE: Crop = { x: 0, y: 0, width: 1, height: 1 }
const CORNERS = ['nw', 'ne', 'sw', 'se'] as const
/** By an arrow key, of the picture's side. */
const STEP = 0.02
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** Cuts a picture: by its corners, or by a tap on a shape. */
export function CropSheet(props: { file: DraftFile; close: () => void; cut: (crop: Crop) => void }) {
  const [crop, setCrop] = createSignal<Crop>(WHOLE)
  const [shape, setShape] = createSignal<number | null>(null)
  const url = createLocalFile(
    () => props.file.blobId,
    () => null,
  )
  let picture!: HTMLImageElement
  let from: { x: number; y: number; crop: Crop } | null = null

  function choose(ratio: number | null) {
    setShape(ratio)
    setCrop(ratio === null ? WHOLE : cropOf(ratio, { width: picture.naturalWidth, height: picture.naturalHeight }))
  }

  /** A finger on a corner, or on the middle of the cut. */
  function hold(what: (start: Crop, dx: number, dy: number) => Crop) {
    return {
      onPointerDown(event: PointerEvent & { currentTarget: HTMLElement }) {
        event.preventDefault()
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        from = { x: event.clientX, y: event.clientY, crop: crop() }
      },
      onPointerMove(event: PointerEvent) {
        if (!from) return
        const { width, height } = picture.getBoundingClientRect()
        setShape(null)
        setCrop(what(from.crop, (event.clientX - from.x) / width, (event.clientY - from.y) / height))
      },
      onPointerUp: () => void (from = null),
      onPointerCancel: () => void (from = null),
    }
  }

  const percent = (value: number) => `${value * 100}%`
  return (
    <Sheet title={filesText().cropTitle} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-4">
        <Show when={url()}>
          <div class="flex justify-center bg-sunk p-4 select-none">
            <div class="relative touch-none">
              <img ref={picture} src={url()} alt={props.file.name} class="max-h-[50dvh] max-w-full" draggable={false} />
              <div class="absolute inset-0 overflow-hidden">
                <div
                  class="absolute border-2 border-paper"
                  style={{
                    left: percent(crop().x),
                    top: percent(crop().y),
                    width: percent(crop().width),
                    height: percent(crop().height),
                    // Everything that will go is in the shade.
                    'box-shadow': '0 0 0 9999px var(--shade)',
                  }}
                  {...hold(cropMoved)}
                />
              </div>
              <For each={CORNERS}>
                {(corner) => (
                  <button
                    type="button"
                    class="absolute flex size-11 -translate-1/2 touch-none items-center justify-center"
                    style={{
                      left: percent(corner.endsWith('w') ? crop().x : crop().x + crop().width),
                      top: percent(corner.startsWith('n') ? crop().y : crop().y + crop().height),
                    }}
                    aria-label={filesText().corners[corner]}
                    onKeyDown={(event) => {
                      const [dx, dy] = ARROWS[event.key] ?? [0, 0]
                      if (dx === 0 && dy === 0) return
                      event.preventDefault()
                      setShape(null)
                      setCrop((now) => cornerMoved(now, corner, dx, dy))
                    }}
                    {...hold((start, dx, dy) => cornerMoved(start, corner, dx, dy))}
                  >
                    <span class="size-5 rounded-full border-2 border-ink bg-paper" />
                  </button>
                )}
              </For>
            </div>
          </div>
        </Show>
        <p class="text-meta text-ink-2">{filesText().cropHelp}</p>
        <div class="flex flex-wrap" role="group" aria-label={filesText().shapes}>
          <Segment chosen={shape() === null} choose={() => choose(null)}>
            {filesText().whole}
          </Segment>
          <Segment chosen={shape() === 1} choose={() => choose(1)}>
            {filesText().square}
          </Segment>
          <Segment chosen={shape() === 4 / 3} choose={() => choose(4 / 3)}>
            {filesText().wide}
          </Segment>
          <Segment chosen={shape() === 3 / 4} choose={() => choose(3 / 4)}>
            {filesText().tall}
          </Segment>
        </div>
        <Button kind="primary" onClick={() => props.cut(crop())}>
          {filesText().apply}
        </Button>
      </div>
    </Sheet>
  )
}
