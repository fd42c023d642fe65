import { createSignal } from 'solid-js'
import type { View } from '#contract/views.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'

export type Views = ReturnType<typeof createViews>

/** One's own named filters: asked once for the list, and kept with what is done to them here. */
export function createViews() {
  const asked = createAsked(async () => (await call(api.listViews, {})).items)
  const [busy, setBusy] = createSignal(false)
  const items = () => asked.items() ?? []

  async function alone(work: () => Promise<readonly View[]>): Promise<void> {
    setBusy(true)
    try {
      asked.put([...(await work())])
    } finally {
      setBusy(false)
    }
  }

  return {
    items,
    busy,
    /** The view of exactly these filters. */
    of: (query: string): View | undefined => items().find((view) => view.query === query),
    add: (name: string, query: string) => alone(async () => [...items(), await call(api.addView, { name, query })]),
    rename: ({ id }: View, name: string) =>
      alone(async () => {
        const changed = await call(api.changeView, { viewId: id, name })
        return items().map((view) => (view.id === id ? changed : view))
      }),
    archive: ({ id }: View) =>
      alone(async () => {
        await call(api.changeView, { viewId: id, archived: true })
        return items().filter((view) => view.id !== id)
      }),
  }
}
