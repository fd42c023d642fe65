import Ban from 'lucide-solid/icons/ban'
import CircleQuestionMark from 'lucide-solid/icons/circle-question-mark'
import MapPin from 'lucide-solid/icons/map-pin'
import MousePointerClick from 'lucide-solid/icons/mouse-pointer-click'
import ShoppingCart from 'lucide-solid/icons/shopping-cart'
import UserRound from 'lucide-solid/icons/user-round'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { phoneNumber } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { MediaPart } from './media-part.tsx'
import type { Shown } from './shown.rules.ts'

/** What a message says, whatever its kind. Kinds without a form of their own are named and told in words. */
export function SlipBody(props: { shown: Shown; photo: () => void }) {
  const message = () => props.shown.message
  const hasFile = () => message().media !== null || Boolean(props.shown.pending?.file)
  return (
    <Switch fallback={<Words message={message()} />}>
      <Match when={message().deletedAt}>
        <Line icon={Ban}>
          <i class="text-ink-2">{message().direction === 'in' ? t().slip.deletedIn : t().slip.deletedOut}</i>
        </Line>
      </Match>
      <Match when={message().kind === 'unsupported'}>
        <Line icon={CircleQuestionMark}>
          <span class="text-ink-2">
            {t().slip.unsupported}
            <Show when={message().extra?.unsupported}>
              {(kind) => <span class="block text-meta">{t().slip.unsupportedKind(kind())}</span>}
            </Show>
          </span>
        </Line>
      </Match>
      <Match when={message().extra?.template?.shown}>
        {(around) => (
          <>
            <Show when={hasFile()}>
              <MediaPart shown={props.shown} photo={props.photo} />
            </Show>
            <Show when={around().header}>{(header) => <p class="font-semibold">{header()}</p>}</Show>
            <Words message={message()} />
            <Show when={around().footer}>{(footer) => <p class="mt-1 text-meta text-ink-2">{footer()}</p>}</Show>
            <ul class="mt-1.5 border-t border-line empty:hidden">
              <For each={around().buttons}>
                {(button) => <li class="pt-1.5 text-center text-small font-semibold text-anil">{button}</li>}
              </For>
            </ul>
          </>
        )}
      </Match>
      <Match when={hasFile()}>
        <MediaPart shown={props.shown} photo={props.photo} />
        <Show when={message().text}>
          <Words message={message()} />
        </Show>
      </Match>
      <Match when={message().extra?.location}>{(place) => <Place place={place()} />}</Match>
      <Match when={message().extra?.contacts}>{(people) => <People people={people()} />}</Match>
      <Match when={message().kind === 'order'}>
        <Line icon={ShoppingCart}>{message().text ?? t().kinds.order}</Line>
      </Match>
      <Match when={message().kind === 'button_reply' || message().kind === 'list_reply' || message().kind === 'form_reply'}>
        <Line icon={MousePointerClick}>{message().text ?? t().kinds[message().kind]}</Line>
      </Match>
    </Switch>
  )
}

function Words(props: { message: Message }) {
  return (
    <p class="whitespace-pre-wrap">
      <Show when={props.message.text} fallback={<i class="text-ink-2">{t().kinds[props.message.kind]}</i>}>
        {(text) => <RichText text={text()} />}
      </Show>
    </p>
  )
}

function Line(props: { icon: typeof Ban; children: JSX.Element }) {
  return (
    <p class="flex gap-2">
      <Icon of={props.icon} class="mt-0.5 text-ink-3" />
      <span class="min-w-0">{props.children}</span>
    </p>
  )
}

type Extra = NonNullable<Message['extra']>

function Place(props: { place: NonNullable<Extra['location']> }) {
  const at = () => [props.place.latitude, props.place.longitude] as const
  const href = () => `https://www.openstreetmap.org/?mlat=${at()[0]}&mlon=${at()[1]}#map=17/${at().join('/')}`
  return (
    <div class="flex gap-3">
      <span class="flex size-12 flex-none items-center justify-center rounded-segment bg-sunk text-cochinilla">
        <Icon of={MapPin} size={24} />
      </span>
      <div class="min-w-0">
        <p class="font-semibold">{props.place.name ?? t().kinds.location}</p>
        <p class="text-small text-ink-2">
          {props.place.address ??
            at()
              .map((degrees) => degrees.toFixed(5))
              .join(', ')}
        </p>
        <a href={href()} target="_blank" rel="noopener noreferrer" class="inline-flex min-h-11 items-center text-anil underline">
          {t().slip.map}
        </a>
      </div>
    </div>
  )
}

function People(props: { people: NonNullable<Extra['contacts']> }) {
  return (
    <ul class="flex flex-col gap-2">
      <For each={props.people}>
        {(person) => (
          <li class="flex gap-3">
            <span class="flex size-10 flex-none items-center justify-center rounded-segment bg-sunk text-ink-2">
              <Icon of={UserRound} size={22} />
            </span>
            <div class="min-w-0">
              <p class="font-semibold">{person.name}</p>
              <For each={person.phones}>
                {(phone) => <p class="nums text-small text-ink-2 select-all">{phoneNumber(phone)}</p>}
              </For>
              <For each={person.emails}>{(email) => <p class="text-small text-ink-2 select-all">{email}</p>}</For>
              <Show when={person.org}>
                <p class="text-meta text-ink-3">{person.org}</p>
              </Show>
            </div>
          </li>
        )}
      </For>
    </ul>
  )
}
