import Ban from 'lucide-solid/icons/ban'
import MousePointerClick from 'lucide-solid/icons/mouse-pointer-click'
import ShoppingCart from 'lucide-solid/icons/shopping-cart'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { latePart } from '../../lib/late-part.tsx'
import { loadCardsText } from '../../text/cards.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { MediaPart } from './media-part.tsx'
import type { Shown } from './shown.rules.ts'

/** Places and people are rare, and what cannot be answered in kind rarer. */
const Place = latePart(async () => (await Promise.all([import('./slip-cards.tsx'), loadCardsText()]))[0].Place)
const People = latePart(async () => (await import('./slip-cards.tsx')).People)
const Strange = latePart(async () => (await Promise.all([import('./strange-card.tsx'), loadCardsText()]))[0].Strange)

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
        <Strange message={message()} instead={<Words message={message()} />} />
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
      <Match when={message().extra?.location}>
        {(place) => <Place place={place()} isLive={message().extra?.live === true} instead={<Words message={message()} />} />}
      </Match>
      <Match when={message().extra?.contacts}>
        {(people) => <People people={people()} instead={<Words message={message()} />} />}
      </Match>
      <Match when={message().extra?.card ?? message().extra?.preview}>
        <Words message={message()} />
        <Strange message={message()} />
      </Match>
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
        {(text) => <RichText text={text()} names={props.message.extra?.mentions?.map(({ name }) => `@${name}`)} />}
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
