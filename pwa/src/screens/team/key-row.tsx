import { Show } from 'solid-js'
import type { ApiKey } from '#contract/audit.ts'
import { PERMISSIONS } from '#contract/permissions.ts'
import { minuteNow } from '../../lib/clock.ts'
import { useDesk } from '../../live/context.ts'
import { ago, dayTime } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'

type State = 'active' | 'expired' | 'revoked'
const STYLES = {
  active: 'bg-eucalipto-tint text-eucalipto',
  expired: 'bg-maiz-tint text-maiz',
  revoked: 'bg-sunk text-ink-2',
} as const

/** One key: what it may do, whether it is used, and its end. */
export function KeyRow(props: { apiKey: ApiKey; isStale: boolean; revoke: () => void }) {
  const { desk } = useDesk()
  const state = (): State => {
    const { revokedAt, expiresAt } = props.apiKey
    if (revokedAt) return 'revoked'
    return expiresAt && Date.parse(expiresAt) <= minuteNow() ? 'expired' : 'active'
  }
  const permissions = () =>
    PERMISSIONS.filter((name) => props.apiKey.grants[name])
      .map((name) => team().permissions[name].name)
      .join(', ')
  const numbers = () =>
    props.apiKey.channels.length === 0
      ? team().keys.allNumbers
      : props.apiKey.channels.map((id) => desk.channel(id)?.name ?? '…').join(', ')
  const made = () => {
    const { createdBy, createdAt } = props.apiKey
    return createdBy ? team().keys.by(createdBy, dayTime(createdAt)) : team().keys.made(dayTime(createdAt))
  }
  const life = () => {
    const { lastUsedAt, expiresAt } = props.apiKey
    return [
      lastUsedAt ? team().keys.lastUsed(ago(lastUsedAt, minuteNow())) : team().keys.neverUsed,
      expiresAt ? team().keys.expires(dayTime(expiresAt)) : team().keys.never,
    ].join(' · ')
  }
  return (
    <li class="fold-bl flex min-w-0 flex-wrap items-start gap-x-3 gap-y-2 rounded-card border border-line bg-surface p-4">
      <div class="min-w-44 flex-1">
        <p class="flex flex-wrap items-center gap-2">
          <span class="font-semibold wrap-anywhere">{props.apiKey.name}</span>
          <span class={`rounded-chip px-2 py-px text-meta font-semibold ${STYLES[state()]}`}>{team().keys[state()]}</span>
          <span class="font-mono text-meta text-ink-3">{team().keys.ending(props.apiKey.ending)}</span>
        </p>
        <p class="text-small text-ink-2">{permissions()}</p>
        <p class="text-small text-ink-2">{numbers()}</p>
        <p class="nums mt-0.5 text-meta text-ink-3">{life()}</p>
        <p class="nums text-meta text-ink-3">{made()}</p>
      </div>
      <Show when={!props.apiKey.revokedAt}>
        <Button
          kind="danger"
          disabled={props.isStale}
          aria-label={`${team().keys.revoke}: ${props.apiKey.name}`}
          onClick={() => props.revoke()}
        >
          {team().keys.revoke}
        </Button>
      </Show>
    </li>
  )
}
