import { createSignal } from 'solid-js'
import type { View } from '#contract/views.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/first-endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'

export type Views = ReturnType<typeof createViews>

/** Named filters, one's own and the company's: asked once for the list, and kept with what is done to them here. */
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

  const change = ({ id }: View, fields: { name?: string; shared?: boolean }) =>
    alone(async () => {
      const changed = await call(api.changeView, { viewId: id, ...fields })
      // No longer the company's, and somebody else's: it is theirs alone again.
      return items().flatMap((view) => (view.id !== id ? [view] : changed.mine || changed.shared ? [changed] : []))
    })

  return {
    items,
    busy,
    /** The view of exactly these filters. */
    of: (query: string): View | undefined => items().find((view) => view.query === query),
    add: (name: string, query: string, shared: boolean) =>
      alone(async () => [...items(), await call(api.addView, { name, query, shared })]),
    rename: (view: View, name: string) => change(view, { name }),
    share: (view: View, shared: boolean) => change(view, { shared }),
    archive: ({ id }: View) =>
      alone(async () => {
        await call(api.changeView, { viewId: id, archived: true })
        return items().filter((view) => view.id !== id)
      }),
  }
}
