import CircleAlert from 'lucide-solid/icons/circle-alert'
import { For, Show } from 'solid-js'
import { minuteNow } from '../../lib/clock.ts'
import { ago } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

type Told = { valuesAt: string | null; stale: boolean; isLocal: boolean }

/** What a quick reply could not say, one tap from where it is missing; and how old its values are. */
export function MissingValues(props: { names: readonly string[]; told: Told | null; show: (name: string) => void }) {
  return (
    <>
      <Show when={props.names.length > 0}>
        <div class="mb-1.5 rounded-segment bg-maiz-tint px-3 py-1.5 text-small">
          <p>
            {t().quick.missingHelp} <Show when={props.told?.isLocal}>{t().quick.offline}</Show>
          </p>
          <div class="flex flex-wrap gap-x-2">
            <For each={props.names}>
              {(name) => (
                <button type="button" class="flex min-h-11 items-center" onClick={() => props.show(name)}>
                  <span class="flex items-center gap-1.5 rounded-chip border-[1.5px] border-dashed border-cochinilla px-2 py-0.5 font-semibold text-cochinilla">
                    <Icon of={CircleAlert} size={16} />
                    {t().quick.missingOne(name)}
                  </span>
                </button>
              )}
            </For>
          </div>
        </div>
      </Show>
      <Show when={props.told?.valuesAt}>
        {(at) => (
          <Show
            when={props.told?.stale}
            fallback={<p class="nums mb-1.5 text-meta text-ink-3">{t().quick.valuesFrom(ago(at(), minuteNow()))}</p>}
          >
            <p role="status" class="nums mb-1.5 rounded-segment bg-maiz-tint px-3 py-2 text-small">
              {(props.told?.isLocal ? t().quick.keptFrom : t().quick.staleFrom)(ago(at(), minuteNow()))}
            </p>
          </Show>
        )}
      </Show>
    </>
  )
}
