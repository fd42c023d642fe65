import { createEffect, createSignal, For, on, Show } from 'solid-js'
import type { ChannelId } from '#contract/ids.ts'
import type { PhoneContact } from '#contract/phone-contacts.ts'
import { call } from '../../api/call.ts'
import { createAction } from '../../api/create-action.ts'
import * as api from '../../api/endpoints.ts'
import { createAsked } from '../../live/create-asked.ts'
import { LoadProblem } from '../../load-problem.tsx'
import { phoneNumber } from '../../text/format.ts'
import { pastText } from '../../text/past.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { FilterChip } from '../../ui/chip.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { say } from '../../ui/toast.tsx'

type Kind = PhoneContact['kind']
const KINDS: readonly Kind[] = ['new', 'fill', 'conflict']
/** What the server settles at once. */
const AT_ONCE = 500

/** Proposals of the phone's address book, one kind at a time: several are taken or left at once, or all of a kind. */
export function PhoneContactsSheet(props: { channelId: ChannelId; isBeingRead: boolean; close: () => void }) {
  const [kind, setKind] = createSignal<Kind>('new')
  const [chosen, setChosen] = createSignal<readonly string[]>([])
  const [isSure, setIsSure] = createSignal(false)
  const action = createAction()
  const asked = createAsked(() => call(api.listPhoneContacts, { channelId: props.channelId, kind: kind() }))
  const words = () => pastText().contacts
  const items = () => (asked.items()?.items ?? []).filter((one) => one.kind === kind())
  const all = () => asked.items()?.counts[kind()] ?? 0
  createEffect(
    on(
      kind,
      () => {
        setChosen([])
        setIsSure(false)
        void asked.again()
      },
      { defer: true },
    ),
  )

  // Opened while the phone is still telling: what it told is shown when it has.
  createEffect(
    on(
      () => props.isBeingRead,
      (isBeingRead) => {
        if (!isBeingRead) void asked.again()
      },
      { defer: true },
    ),
  )

  const toggle = (id: string, isOn: boolean) => setChosen((now) => (isOn ? [...now, id] : now.filter((other) => other !== id)))

  async function settle(take: boolean) {
    const { settled } = await call(api.settlePhoneContacts, { channelId: props.channelId, take, ids: [...chosen()] })
    await done(take, settled)
  }

  const takeChosen = () => settle(true)
  const leaveChosen = () => settle(false)

  async function settleAll() {
    let settled = 0
    for (let now = AT_ONCE; now === AT_ONCE; settled += now) {
      now = (await call(api.settlePhoneContacts, { channelId: props.channelId, take: true, kind: kind() })).settled
    }
    await done(true, settled)
  }

  async function done(take: boolean, count: number) {
    setChosen([])
    setIsSure(false)
    say(take ? words().taken(count) : words().leftOut(count))
    await asked.again()
  }

  return (
    <Sheet title={words().title} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-3 p-4 pb-24">
        <div class="no-bar flex gap-2 overflow-x-auto" role="group" aria-label={words().title}>
          <For each={KINDS}>
            {(one) => (
              <FilterChip
                name={words().kinds[one]}
                count={asked.items()?.counts[one]}
                chosen={kind() === one}
                choose={() => setKind(one)}
              />
            )}
          </For>
        </div>
        <p class="text-small text-ink-2">{words().kindHelp[kind()]}</p>
        <LoadProblem of={asked} title={words().failed} />
        <Show when={asked.items() && items().length === 0 && !asked.loading()}>
          <Empty title={words().nothing} />
        </Show>
        <ul aria-busy={asked.loading()} class="overflow-hidden rounded-slip border border-line bg-surface empty:hidden">
          <For each={items()}>
            {(one) => <Proposal one={one} isOn={chosen().includes(one.id)} toggle={(isOn) => toggle(one.id, isOn)} />}
          </For>
        </ul>
        <Show when={kind() !== 'conflict' && all() > 1}>
          <Show
            when={isSure()}
            fallback={
              <Button busy={action.busy()} onClick={() => setIsSure(true)}>
                {words().takeAll(all())}
              </Button>
            }
          >
            <div role="alertdialog" aria-label={words().sure(all())} class="rounded-segment bg-sunk p-3">
              <p class="font-semibold">{words().sure(all())}</p>
              <div class="mt-3 flex gap-2">
                <Button kind="primary" busy={action.busy()} onClick={() => void action.run(settleAll)}>
                  {words().take}
                </Button>
                <Button onClick={() => setIsSure(false)}>{t().app.cancel}</Button>
              </div>
            </div>
          </Show>
        </Show>
        <p role="alert" class="text-small text-cochinilla empty:hidden">
          {action.error()}
        </p>
      </div>
      <Show when={chosen().length > 0}>
        <div class="sticky bottom-0 flex gap-2 border-t border-line bg-surface p-3">
          <Button class="flex-1" kind="primary" busy={action.busy()} onClick={() => void action.run(takeChosen)}>
            {words().takeSome(chosen().length)}
          </Button>
          <Button class="flex-1" busy={action.busy()} onClick={() => void action.run(leaveChosen)}>
            {words().leave}
          </Button>
        </div>
      </Show>
    </Sheet>
  )
}

/** One of them, and beside it what stands here. */
function Proposal(props: { one: PhoneContact; isOn: boolean; toggle: (isOn: boolean) => void }) {
  return (
    <li class="border-line [&+&]:border-t">
      <label class="row flex min-h-14 items-center gap-3 px-4 py-2">
        <input
          type="checkbox"
          class="size-5 flex-none accent-anil"
          checked={props.isOn}
          onChange={(event) => props.toggle(event.currentTarget.checked)}
        />
        <span class="min-w-0 flex-1">
          <span class="block font-semibold wrap-anywhere">{props.one.name}</span>
          <Show when={props.one.kind === 'conflict'}>
            <span class="block text-small wrap-anywhere text-ink-2">
              {pastText().contacts.here(props.one.contact?.name ?? '')}
            </span>
          </Show>
          <span class="nums block text-meta text-ink-3">{phoneNumber(props.one.phone)}</span>
        </span>
      </label>
    </li>
  )
}
