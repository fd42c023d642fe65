import { useLocation, type RouteSectionProps } from '@solidjs/router'
import ArrowLeftRight from 'lucide-solid/icons/arrow-left-right'
import ChartNoAxesColumn from 'lucide-solid/icons/chart-no-axes-column'
import Contact from 'lucide-solid/icons/contact'
import Inbox from 'lucide-solid/icons/inbox'
import Settings from 'lucide-solid/icons/settings'
import type { LucideProps } from 'lucide-solid'
import { createEffect, createSignal, on, Show, Suspense, type Component } from 'solid-js'
import { afterPaint } from './lib/after-paint.ts'
import { lazyPart } from './lib/lazy-part.ts'
import { useDesk } from './live/context.ts'
import { t } from './text/first.ts'
import { Icon } from './ui/icon.tsx'
import { hasPlayed } from './player/has-played.ts'
import { createNoticeDoor } from './notice-door.ts'

/** Comes when something is played for the first time. */
const MiniPlayer = lazyPart(async () => ({ default: (await import('./player/mini-player.tsx')).MiniPlayer }))
const ShellLines = lazyPart(async () => ({ default: (await import('./shell-lines.tsx')).ShellLines }))

/** The frame around every screen of a signed-in person: a rail on tablets, a bar at the foot of phones. */
export function Shell(props: RouteSectionProps) {
  const { desk } = useDesk()
  const location = useLocation()
  const isInThread = () => /^\/chats\/.+/.test(location.pathname)
  const [isDrawn, setIsDrawn] = createSignal(false)
  afterPaint(() => setIsDrawn(true))
  createNoticeDoor()
  const unanswered = () => desk.counts()?.unanswered ?? 0
  createEffect(on(unanswered, (count) => (document.title = count > 0 ? `(${count}) WhatsappB24` : 'WhatsappB24')))

  return (
    <div class="flex h-full flex-col-reverse tablet:flex-row">
      <nav
        aria-label={t().app.navigation}
        class="flex-none border-line bg-surface max-tablet:border-t max-tablet:pb-[env(safe-area-inset-bottom)] tablet:w-22 tablet:border-r tablet:pt-4 tablet:pl-[env(safe-area-inset-left)]"
        classList={{ 'max-tablet:hidden': isInThread() }}
      >
        <ul class="flex flex-wrap justify-around tablet:flex-col tablet:flex-nowrap tablet:gap-1.5 tablet:px-3">
          <Place href="/chats" name={t().app.chats} icon={Inbox} />
          <Show when={desk.may('transfers.request')}>
            <Place href="/transfers" name={t().app.transfers} icon={ArrowLeftRight} />
          </Show>
          <Show when={desk.may('contacts.read')}>
            <Place href="/contacts" name={t().app.contacts} icon={Contact} />
          </Show>
          <Show when={desk.may('dashboard.read')}>
            <Place href="/dashboard" name={t().app.dashboard} icon={ChartNoAxesColumn} />
          </Show>
          <Place href="/settings" name={t().app.settings} icon={Settings} />
        </ul>
      </nav>
      <div class="relative flex min-h-0 min-w-0 flex-1 flex-col">
        <Show when={isDrawn()}>
          <Suspense>
            <ShellLines />
          </Suspense>
        </Show>
        <Show when={hasPlayed()}>
          <Suspense>
            <MiniPlayer />
          </Suspense>
        </Show>
        <div class="min-h-0 flex-1">{props.children}</div>
      </div>
    </div>
  )
}

function Place(props: { href: string; name: string; icon: Component<LucideProps> }) {
  const location = useLocation()
  const isHere = () => location.pathname.startsWith(props.href)
  return (
    <li class="flex-1">
      <a
        href={props.href}
        aria-current={isHere() ? 'page' : undefined}
        class="relative flex min-h-[64px] flex-col items-center justify-center gap-1 px-0.5 text-meta tablet:min-h-[60px] tablet:rounded-slip"
        classList={{ 'font-bold text-anil tablet:bg-anil-tint': isHere(), 'text-ink-2': !isHere() }}
      >
        <Show when={isHere()}>
          <span aria-hidden="true" class="weave dye-anil absolute top-0 h-1 w-11 rounded-b-[3px] tablet:hidden" />
        </Show>
        <Icon of={props.icon} size={22} />
        {props.name}
      </a>
    </li>
  )
}
