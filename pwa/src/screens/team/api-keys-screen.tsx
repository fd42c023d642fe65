import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import type { ApiKey } from '#contract/audit.ts'
import { call } from '../../api/call.ts'
import * as api from '../../api/endpoints.ts'
import { PartPage } from '../../part-page.tsx'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { say } from '../../ui/toast.tsx'
import { AddKey } from './add-key.tsx'
import { ConfirmSheet } from './confirm-sheet.tsx'
import { createAction } from '../../api/create-action.ts'
import { createAsked } from '../../live/create-asked.ts'
import { withItem } from './create-team-list.ts'
import { KeyRow } from './key-row.tsx'
import { Loaded } from './loaded.tsx'

/** Keys with which other systems come in. */
export default function ApiKeysScreen() {
  const keys = createAsked(async () => (await call(api.listApiKeys, {})).items)
  const revoking = createAction()
  const [isAdding, setIsAdding] = createSignal(false)
  const [leaving, setLeaving] = createSignal<ApiKey | null>(null)

  const revoke = (key: ApiKey) =>
    revoking.run(async () => {
      const revoked = await call(api.revokeApiKey, { apiKeyId: key.id })
      keys.put(withItem(keys.items() ?? [], revoked))
      say(team().keys.revokedNow)
      setLeaving(null)
    })

  return (
    <PartPage
      title={team().keys.title}
      actions={
        <Button kind="quiet" class="!text-anil" icon={Plus} disabled={keys.isStale()} onClick={() => setIsAdding(true)}>
          {team().keys.add}
        </Button>
      }
    >
      <p class="mb-4 max-w-[68ch] text-small text-ink-2">{team().keys.help}</p>
      <Loaded list={keys} rows={3}>
        {(items) => (
          <>
            <ul class="grid gap-3">
              <For each={items()}>{(key) => <KeyRow apiKey={key} isStale={keys.isStale()} revoke={() => setLeaving(key)} />}</For>
            </ul>
            <Show when={items().length === 0}>
              <Empty title={team().keys.empty} />
            </Show>
          </>
        )}
      </Loaded>
      <Show when={isAdding()}>
        <AddKey added={(key) => keys.put([key, ...(keys.items() ?? [])])} close={() => setIsAdding(false)} />
      </Show>
      <Show when={leaving()}>
        {(key) => (
          <ConfirmSheet
            title={team().keys.revokeTitle(key().name)}
            sure={team().keys.revoke}
            action={revoking}
            confirm={() => void revoke(key())}
            close={() => setLeaving(null)}
          >
            <p class="text-small">{team().keys.revokeHelp}</p>
          </ConfirmSheet>
        )}
      </Show>
    </PartPage>
  )
}
