import { For, Show } from 'solid-js'
import { call } from '../../api/call.ts'
import * as api from '../../api/portal-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { PartPage } from '../../part-page.tsx'
import { portalsText } from '../../text/portals.ts'
import { Empty } from '../../ui/empty.tsx'
import type { Portal } from '#contract/bitrix24.ts'
import { JoinPart } from './join-part.tsx'
import { LinesPart } from './lines-part.tsx'
import { LocalAppPart } from './local-app-part.tsx'
import { PortalCard } from './portal-card.tsx'

/** Those in which a number can be bound. */
const connected = (portals: readonly Portal[]) => portals.filter(({ state }) => state !== 'uninstalled' && state !== 'deleted')

/** The company's portals of Bitrix24: how each stands, and how another one is connected. */
export default function PortalsScreen() {
  const asked = createAsked(() => call(api.listPortals, {}))
  return (
    <PartPage title={portalsText().title}>
      <p class="mb-4 max-w-[68ch] text-small text-ink-2">{portalsText().help}</p>
      <LoadProblem of={asked} title={portalsText().loadFailed} />
      <Show when={asked.items()}>
        {(portals) => (
          <>
            <ul class="grid gap-3">
              <For each={portals().items}>
                {(portal) => (
                  <PortalCard
                    portal={portal}
                    isStale={asked.isStale()}
                    changed={(next) =>
                      asked.put({ ...portals(), items: portals().items.map((one) => (one.id === next.id ? next : one)) })
                    }
                  />
                )}
              </For>
            </ul>
            <Show when={portals().items.length === 0}>
              <Empty title={portalsText().empty} help={portalsText().emptyHelp} />
            </Show>
            <Show when={connected(portals().items).length > 0}>
              <LinesPart portals={connected(portals().items)} />
            </Show>
            <JoinPart />
            <LocalAppPart portals={portals()} changed={asked.put} />
          </>
        )}
      </Show>
    </PartPage>
  )
}
