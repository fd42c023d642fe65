import { t } from '../text/text.ts'
import { nextSpeed, player } from './player.ts'

/** 1x, 1.5x, 2x and round again. */
export function SpeedButton() {
  const words = () => `${String(player.speed()).replace('.', t().player.decimal)}x`
  return (
    <button
      type="button"
      class="nums flex size-11 flex-none items-center justify-center"
      aria-label={t().player.speed(words())}
      onClick={nextSpeed}
    >
      <span class="rounded-chip bg-sunk px-1.5 py-0.5 text-meta font-bold text-ink-2">{words()}</span>
    </button>
  )
}
