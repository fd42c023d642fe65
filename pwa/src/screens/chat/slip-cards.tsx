/** What few messages hold: an advertisement, a place, people. Comes with the first of them. */
import MapPin from 'lucide-solid/icons/map-pin'
import Megaphone from 'lucide-solid/icons/megaphone'
import UserRound from 'lucide-solid/icons/user-round'
import { For, Show } from 'solid-js'
import type { Message } from '#contract/inbox.ts'
import { cardsText } from '../../text/cards.ts'
import { phoneNumber } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'

type Extra = NonNullable<Message['extra']>

/** A place on the map. */
export function Place(props: { place: NonNullable<Extra['location']>; isLive: boolean }) {
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
        <Show when={props.isLive}>
          <p class="text-meta text-teja">{cardsText().live}</p>
        </Show>
        <a href={href()} target="_blank" rel="noopener noreferrer" class="inline-flex min-h-11 items-center text-anil underline">
          {t().slip.map}
        </a>
      </div>
    </div>
  )
}

/** People of an address book. */
export function People(props: { people: NonNullable<Extra['contacts']> }) {
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

/** The advertisement that brought the customer. */
export function AdCard(props: { referral: NonNullable<Extra['referral']> }) {
  return (
    <div class="mb-1.5 flex gap-2 rounded-segment bg-paper px-2.5 py-2 text-meta">
      <Icon of={Megaphone} size={17} class="text-teja" />
      <div class="min-w-0">
        <p class="font-semibold text-teja">{props.referral.sourceType === 'post' ? t().slip.adPost : t().slip.ad}</p>
        <Show when={props.referral.headline}>
          <p class="font-semibold">{props.referral.headline}</p>
        </Show>
        <Show when={props.referral.body}>
          <p class="clamp-2 text-ink-2">{props.referral.body}</p>
        </Show>
        <Show when={safeLink(props.referral.sourceUrl)}>
          {(href) => (
            <a
              href={href()}
              target="_blank"
              rel="noopener noreferrer"
              class="inline-flex min-h-11 items-center text-anil underline"
            >
              {t().slip.openLink}
            </a>
          )}
        </Show>
      </div>
    </div>
  )
}

/** Addresses come from strangers: only the web's own kind is followed. */
function safeLink(address: string | undefined): string | null {
  return address && /^https?:\/\//i.test(address) ? address : null
}
