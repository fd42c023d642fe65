import { For, Show } from 'solid-js'
import type { NodeId } from '#contract/ids.ts'
import type { Session } from '#contract/sessions.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { nodesText } from '../../text/nodes.ts'
import { Choice } from '../../ui/field.tsx'

/** Which computer runs a number; nothing where there is only one answer. */
export function PlacePart(props: { session: Session; busy: boolean; place: (nodeId: NodeId | null) => void }) {
  const asked = createAsked(() => call(api.listSessionNodes, {}))
  const own = () => asked.items()?.items.filter(({ state }) => state !== 'revoked') ?? []
  const isGone = () => props.session.place !== null && !own().some(({ id }) => id === props.session.place)
  return (
    <Show when={asked.items() && (own().length > 0 || props.session.place !== null)}>
      <div class="mt-4">
        <Choice
          label={nodesText().place}
          hint={nodesText().placeHelp}
          disabled={props.busy || asked.isStale()}
          onChange={(event) => props.place(own().find(({ id }) => id === event.currentTarget.value)?.id ?? null)}
        >
          <option value="" selected={props.session.place === null}>
            {nodesText().ours}
          </option>
          <Show when={isGone()}>
            <option value="gone" disabled selected>
              {nodesText().placeGone}
            </option>
          </Show>
          <For each={own()}>
            {({ id, name }) => (
              <option value={id} selected={props.session.place === id}>
                {name}
              </option>
            )}
          </For>
        </Choice>
      </div>
    </Show>
  )
}
