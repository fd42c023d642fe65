import { A } from '@solidjs/router'
import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { Show, type JSX } from 'solid-js'
import { t } from './text/first.ts'
import { Icon } from './ui/icon.tsx'

/** The frame of a page of the settings: its title, the way back on a phone, and its content. `wide` is for tables. */
export function PartPage(props: {
  title: string
  actions?: JSX.Element
  wide?: boolean
  /** Where the way back leads, when the page belongs to another page and not to the settings' list. */
  back?: string
  /** What stays at the foot while the page scrolls. */
  foot?: JSX.Element
  children: JSX.Element
}) {
  return (
    <main class="flex h-full flex-col">
      <header class="flex-none border-b border-line bg-surface pt-[env(safe-area-inset-top)]">
        <div class="flex min-h-15 flex-wrap items-center gap-x-2 py-1 pr-3 pl-1.5 tablet:pl-5">
          <A
            href={props.back ?? '/settings'}
            class="icon-button"
            classList={{
              'tablet:!hidden': props.wide !== true && !props.back,
              'wide:!hidden': props.wide === true && !props.back,
            }}
            aria-label={t().app.back}
          >
            <Icon of={ArrowLeft} size={22} />
          </A>
          {/* Its words are whole at every size; what does not fit beside it goes below. */}
          <h1 class="min-w-min flex-1 text-heading font-bold">{props.title}</h1>
          <Show when={props.actions}>
            <div class="ml-auto flex items-center gap-2">{props.actions}</div>
          </Show>
        </div>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto">
        <div class="mx-auto p-4 pb-12" classList={{ 'max-w-180': props.wide !== true }}>
          {props.children}
        </div>
      </div>
      {props.foot}
    </main>
  )
}
