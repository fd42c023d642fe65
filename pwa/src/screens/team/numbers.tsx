import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import type { ChannelPeople, Department, Person } from '#contract/people.ts'
import { useDesk } from '../../live/context.ts'
import { phoneNumber } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { createTeamList } from './create-team-list.ts'
import { Loaded } from './loaded.tsx'
import { NumberSheet } from './number-sheet.tsx'

type NumbersProps = { departments: readonly Department[]; people: readonly Person[]; changed: () => void }

/** Who serves each number. */
export function Numbers(props: NumbersProps) {
  const { desk } = useDesk()
  const assigned = createTeamList('channelPeople')
  const [openId, setOpenId] = createSignal<string | null>(null)
  const channels = createMemo(() =>
    desk
      .channels()
      .filter(({ state }) => state !== 'archived')
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  )
  const of = (channel: Channel): ChannelPeople =>
    assigned.items()?.find(({ channelId }) => channelId === channel.id) ?? {
      channelId: channel.id,
      access: 'shared',
      departmentId: null,
      people: [],
    }
  const open = () => channels().find(({ id }) => id === openId())
  const put = (now: ChannelPeople) => {
    assigned.change((list) => [...list.filter(({ channelId }) => channelId !== now.channelId), now])
    props.changed()
  }

  return (
    <Loaded list={assigned}>
      {() => (
        <>
          <ul class="grid gap-3">
            <For each={channels()}>
              {(channel) => (
                <NumberRow
                  channel={channel}
                  assigned={of(channel)}
                  departments={props.departments}
                  people={props.people}
                  change={desk.may('people.manage') && !assigned.isStale() ? () => setOpenId(channel.id) : null}
                />
              )}
            </For>
          </ul>
          <Show when={channels().length === 0}>
            <Empty title={team().numbers.empty} help={team().numbers.emptyHelp} />
          </Show>
          <Show when={desk.may('people.manage') && open()} keyed>
            {(channel) => (
              <NumberSheet
                channel={channel}
                assigned={of(channel)}
                departments={props.departments}
                people={props.people}
                changed={put}
                close={() => setOpenId(null)}
              />
            )}
          </Show>
        </>
      )}
    </Loaded>
  )
}

type NumberRowProps = {
  channel: Channel
  assigned: ChannelPeople
  departments: readonly Department[]
  people: readonly Person[]
  change: (() => void) | null
}

function NumberRow(props: NumberRowProps) {
  const department = () => props.departments.find(({ id }) => id === props.assigned.departmentId)?.name
  const people = () => props.people.filter(({ id }) => props.assigned.people.includes(id)).map(({ name }) => name)
  return (
    <li class="fold-bl flex min-w-0 flex-wrap items-start gap-x-3 gap-y-2 rounded-card border border-line bg-surface p-4">
      <div class="min-w-44 flex-1">
        <p class="flex flex-wrap items-center gap-2">
          <span class="font-semibold wrap-anywhere">{props.channel.name}</span>
          <span
            class="rounded-chip px-2 py-px text-meta font-semibold"
            classList={{
              'bg-anil-tint text-anil': props.assigned.access === 'shared',
              'bg-maiz-tint text-maiz': props.assigned.access === 'exclusive',
            }}
          >
            {team().numbers[props.assigned.access]}
          </span>
        </p>
        <p class="nums text-small text-ink-2">{props.channel.phone && phoneNumber(props.channel.phone)}</p>
        <p class="text-small text-ink-2">{department() ?? team().numbers.noDepartment}</p>
        <p class="text-meta text-ink-3">{people().join(', ') || team().common.noOne}</p>
        <Show when={props.assigned.access === 'exclusive' && props.assigned.people.length === 0}>
          <p class="mt-2 rounded-segment bg-maiz-tint px-3 py-2 text-small">{team().numbers.exclusiveNobody}</p>
        </Show>
      </div>
      <Show when={props.change}>
        {(change) => (
          <Button aria-label={`${team().common.change}: ${props.channel.name}`} onClick={() => change()()}>
            {team().common.change}
          </Button>
        )}
      </Show>
    </li>
  )
}
