import { A } from '@solidjs/router'
import ArrowLeft from 'lucide-solid/icons/arrow-left'
import { createEffect, For, on, onCleanup, Show } from 'solid-js'
import type { Mention } from '#contract/mentions.ts'
import { call } from '../../api/call.ts'
import { createPages } from '../../api/create-pages.ts'
import * as api from '../../api/endpoints.ts'
import { useDesk } from '../../live/context.ts'
import { dayTime } from '../../text/format.ts'
import { problemText, t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, ErrorCard } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icon.tsx'

/** Notes that name this person, latest first. Looking at the list is having seen them. */
export default function MentionsScreen() {
  const { desk, mentions } = useDesk()
  const pages = createPages(
    () => null,
    (_, cursor) => call(api.listMentions, cursor ? { cursor } : {}),
  )
  // What was new is shown as new first.
  createEffect(on(pages.loading, (loading) => void (!loading && !pages.problem() && mentions.see())))
  onCleanup(desk.onMention(() => void pages.again()))

  return (
    <main class="flex h-full flex-col">
      <header class="flex-none border-b border-line bg-surface pt-[env(safe-area-inset-top)]">
        <div class="flex min-h-15 items-center gap-2 px-1.5">
          <A href="/chats" class="icon-button" aria-label={t().app.back}>
            <Icon of={ArrowLeft} size={22} />
          </A>
          <h1 class="min-w-0 flex-1 truncate text-heading font-bold">{t().mentions.title}</h1>
        </div>
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto" aria-busy={pages.loading()}>
        <div class="mx-auto max-w-180 p-4 pb-12">
          <Show when={pages.problem()}>
            {(problem) => (
              <ErrorCard
                title={problemText(problem().code).cause}
                help={problemText(problem().code).nextStep}
                action={{ name: t().app.retry, run: () => void pages.again() }}
              />
            )}
          </Show>
          <Show
            when={pages.items().length > 0}
            fallback={
              <Show when={!pages.loading() && !pages.problem()}>
                <Empty title={t().mentions.empty} help={t().mentions.emptyHelp} />
              </Show>
            }
          >
            <ul class="overflow-hidden rounded-card border border-line bg-surface">
              <For each={pages.items()}>{(mention) => <Row mention={mention} />}</For>
            </ul>
          </Show>
          <Show when={pages.next()}>
            <Button class="mt-3 w-full" busy={pages.loading()} onClick={() => void pages.more()}>
              {t().mentions.more}
            </Button>
          </Show>
        </div>
      </div>
    </main>
  )
}

function Row(props: { mention: Mention }) {
  return (
    <li class="border-line [&+&]:border-t">
      <A
        href={`/chats/${props.mention.chatId}?message=${props.mention.messageId}`}
        class="row flex min-h-16 flex-col justify-center gap-0.5 px-4 py-2"
      >
        <span class="flex items-baseline gap-2">
          <span class="min-w-0 flex-1 truncate font-semibold">{props.mention.by ?? t().mentions.somebody}</span>
          <Show when={props.mention.seenAt === null}>
            <span class="flex-none rounded-chip bg-cochinilla-tint px-2 py-px text-meta font-semibold text-cochinilla">
              {t().mentions.fresh}
            </span>
          </Show>
        </span>
        <span class="clamp-2 text-small text-ink-2">{props.mention.text}</span>
        <span class="text-meta text-ink-3">{[props.mention.contact, dayTime(props.mention.at)].filter(Boolean).join(' · ')}</span>
      </A>
    </li>
  )
}
