import Archive from 'lucide-solid/icons/archive'
import Network from 'lucide-solid/icons/network'
import CirclePause from 'lucide-solid/icons/circle-pause'
import CirclePlay from 'lucide-solid/icons/circle-play'
import UserRoundPlus from 'lucide-solid/icons/user-round-plus'
import type { LucideProps } from 'lucide-solid'
import { createSignal, For, Match, Show, Switch, type Component } from 'solid-js'
import type { Channel } from '#contract/channels.ts'
import { useDesk } from '../../live/context.ts'
import { care } from '../../text/care.ts'
import { channelText } from '../../text/channel.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { MoveSheet, StaffSheet } from './number-places.tsx'
import type { NumbersWork } from './numbers-work.ts'

type Open = 'archive' | 'move' | 'staff'
type Action = { name: string; icon: Component<LucideProps>; run: () => void }

/** What can be done with the chosen numbers, by this person: at the foot of the page. */
export function ChosenNumbers(props: { numbers: readonly Channel[]; work: NumbersWork }) {
  const { desk } = useDesk()
  const [open, setOpen] = createSignal<Open | null>(null)
  const close = () => setOpen(null)
  const arePaused = () => props.numbers.length > 0 && props.numbers.every((one) => one.sendingPaused && one.receivingPaused)
  const pausing = (): Action =>
    arePaused()
      ? { name: care().resume, icon: CirclePlay, run: () => void props.work.pause(props.numbers, false) }
      : { name: care().pause, icon: CirclePause, run: () => void props.work.pause(props.numbers, true) }
  const actions = (): Action[] => [
    ...(desk.may('channels.pause') ? [pausing()] : []),
    ...(desk.may('people.manage')
      ? [
          { name: care().move, icon: Network, run: () => setOpen('move') },
          { name: care().staff, icon: UserRoundPlus, run: () => setOpen('staff') },
        ]
      : []),
    ...(desk.may('channels.manage') ? [{ name: care().archive, icon: Archive, run: () => setOpen('archive') }] : []),
  ]

  return (
    <>
      <div
        role="toolbar"
        aria-label={care().withChosen(props.numbers.length)}
        class="grid flex-none auto-cols-fr grid-flow-col border-t border-line bg-surface"
      >
        <For each={actions()}>
          {(action) => (
            <button
              type="button"
              class="row flex min-h-15 min-w-0 flex-col items-center justify-center gap-0.5 px-1 text-meta disabled:opacity-50"
              disabled={props.numbers.length === 0 || props.work.busy()}
              onClick={() => action.run()}
            >
              <Icon of={action.icon} size={22} />
              <span class="text-center leading-tight">{action.name}</span>
            </button>
          )}
        </For>
      </div>
      <Switch>
        <Match when={open() === 'archive'}>
          <Sheet small title={care().archiveSure(props.numbers.length)} closeLabel={t().app.close} close={close}>
            <div class="flex flex-col gap-4 p-5">
              <p>{props.numbers.map(({ name }) => name).join(', ')}</p>
              <p>{channelText().archiveHelp}</p>
              <Button kind="sure" busy={props.work.busy()} onClick={() => void props.work.archive(props.numbers)}>
                {care().archive}
              </Button>
            </div>
          </Sheet>
        </Match>
        <Match when={open() === 'move'}>
          <MoveSheet numbers={props.numbers} work={props.work} close={close} />
        </Match>
        <Match when={open() === 'staff'}>
          <StaffSheet numbers={props.numbers} work={props.work} close={close} />
        </Match>
      </Switch>
    </>
  )
}

/** Which of several numbers stayed as they were, each with its reason. */
export function LeftNumbers(props: { work: NumbersWork }) {
  return (
    <Show when={props.work.left().length > 0}>
      <Sheet small title={care().leftTitle} closeLabel={t().app.close} close={() => props.work.forgetLeft()}>
        <ul class="px-5 py-2">
          <For each={props.work.left()}>
            {({ name, outcome }) => (
              <li class="border-line py-2.5 [&+&]:border-t">
                <span class="block font-semibold wrap-anywhere">{name}</span>
                <span class="block text-small text-ink-2">{care().left[outcome]}</span>
              </li>
            )}
          </For>
        </ul>
      </Sheet>
    </Show>
  )
}
