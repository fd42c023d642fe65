import { For } from 'solid-js'
import { handsText } from '../text/hands.ts'
import { t } from '../text/text.ts'
import { Sheet } from '../ui/sheet.tsx'
import { Switch } from '../ui/switch.tsx'
import { areShortcutsOn, setShortcuts } from './shortcuts-on.ts'
import { SHORTCUTS } from './shortcuts.rules.ts'

const GROUPS = ['list', 'chat', 'app'] as const

/** All keys and what they do, and the way to switch them off. */
export function HelpSheet(props: { close: () => void }) {
  return (
    <Sheet title={handsText().keys.title} closeLabel={t().app.close} close={props.close}>
      <div class="px-5 pt-1 pb-4">
        <Switch name={handsText().keys.on} help={handsText().keys.onHelp} on={areShortcutsOn()} change={setShortcuts} />
        <For each={GROUPS}>
          {(group) => (
            <section classList={{ 'opacity-50': !areShortcutsOn() }}>
              <h3 class="pt-3 pb-1 text-small font-bold text-ink-2">{handsText().keys.groups[group]}</h3>
              <dl>
                <For each={SHORTCUTS.filter((one) => one.group === group)}>
                  {(one) => (
                    <div class="flex min-h-11 items-center gap-3 border-t border-line py-1.5">
                      <dt class="min-w-0 flex-1">{handsText().keys.names[one.command]}</dt>
                      <dd>
                        <kbd class="inline-flex min-h-8 min-w-8 items-center justify-center rounded-chip border border-edge bg-paper px-2 font-mono text-small">
                          {one.key === 'Escape' ? 'Esc' : one.key}
                        </kbd>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Sheet>
  )
}
