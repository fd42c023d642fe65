import { useNavigate } from '@solidjs/router'
import Bookmark from 'lucide-solid/icons/bookmark'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Link from 'lucide-solid/icons/link'
import ListChecks from 'lucide-solid/icons/list-checks'
import Pencil from 'lucide-solid/icons/pencil'
import Archive from 'lucide-solid/icons/archive'
import UserRound from 'lucide-solid/icons/user-round'
import Users from 'lucide-solid/icons/users'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show } from 'solid-js'
import type { View } from '#contract/views.ts'
import { problemOf } from '../../api/problem.rules.ts'
import { useDesk } from '../../live/context.ts'
import { copyText } from '../../lib/copy.ts'
import { overview } from '../../text/overview.ts'
import { sentenceOf, t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { say } from '../../ui/toast.tsx'
import { createFilterWords } from './create-filter-words.ts'
import type { Views } from './create-views.ts'
import { filtersOf, queryOf, type FilterName } from './filters.rules.ts'
import { ViewName } from './view-name.tsx'

/** The filters that hold, each with a way to take it off, and the view that they are or may become. They live in the address. */
export function FilterBar(props: { query: string; views: Views; several: (() => void) | null }) {
  const navigate = useNavigate()
  const words = createFilterWords()
  const [open, setOpen] = createSignal<'menu' | 'add' | 'rename' | null>(null)
  const { desk } = useDesk()
  const mayShare = () => desk.may('views.share')
  const view = () => props.views.of(props.query)
  const chosen = () => words.chosen(props.query)

  const without = (name: FilterName) => {
    const query = queryOf({ ...filtersOf(props.query), [name]: undefined })
    navigate(query ? `/chats?${query}` : '/chats')
  }

  async function share() {
    const copied = await copyText(`${location.origin}/chats?${props.query}`)
    say(copied ? overview().linkCopied : t().app.copyFailed)
  }

  async function archive() {
    const now = view()
    if (!now) return
    try {
      await props.views.archive(now)
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    }
  }

  async function shareView(now: View) {
    try {
      await props.views.share(now, !now.shared)
      say(now.shared ? overview().unsharedNow : overview().sharedNow)
    } catch (error) {
      say(sentenceOf(problemOf(error)))
    }
  }

  /** What this person may do with a view: the company's is changed by who may share. */
  function itemsOf(now: View | undefined): MenuItem[] {
    if (!now || (now.shared && !mayShare())) return []
    return [
      { name: overview().rename, icon: Pencil, run: () => setOpen('rename') },
      ...(mayShare()
        ? [
            {
              name: now.shared ? overview().unshareCompany : overview().shareCompany,
              icon: now.shared ? UserRound : Users,
              run: () => void shareView(now),
            },
          ]
        : []),
      { name: overview().archive, icon: Archive, run: () => void archive(), danger: true },
    ]
  }

  const items = (): MenuItem[] => [
    ...(props.several ? [{ name: t().chats.chooseSeveral, icon: ListChecks, run: props.several }] : []),
    { name: overview().share, icon: Link, run: () => void share() },
    ...(view() ? itemsOf(view()) : [{ name: overview().saveView, icon: Bookmark, run: () => setOpen('add') }]),
  ]

  return (
    <div class="flex items-center pr-2">
      <div role="group" aria-label={overview().filters} class="no-bar flex min-w-0 flex-1 gap-2 overflow-x-auto px-4 pb-1.5">
        <For each={chosen()}>
          {({ name, word }) => (
            <button
              type="button"
              class="button button-outlined flex-none"
              aria-label={overview().remove(word)}
              onClick={() => without(name)}
            >
              {word}
              <Icon of={X} size={16} />
            </button>
          )}
        </For>
        <Show when={!view()}>
          <Button kind="quiet" class="flex-none !text-anil" icon={Bookmark} onClick={() => setOpen('add')}>
            {overview().saveView}
          </Button>
        </Show>
      </div>
      <IconButton label={overview().viewMenu} icon={Ellipsis} onClick={() => setOpen('menu')} />
      <Show when={open() === 'menu'}>
        <Menu
          title={view()?.name ?? overview().filters}
          closeLabel={t().app.close}
          items={items()}
          close={() => setOpen((now) => (now === 'menu' ? null : now))}
        />
      </Show>
      <Show when={open() === 'add'}>
        <ViewName
          title={overview().saveView}
          name={chosen()
            .map(({ word }) => word)
            .join(' · ')
            .slice(0, 40)}
          mayShare={mayShare()}
          save={(name, shared) => props.views.add(name, props.query, shared)}
          close={() => setOpen(null)}
        />
      </Show>
      <Show when={open() === 'rename' && view()}>
        {(now) => (
          <ViewName
            title={overview().rename}
            name={now().name}
            mayShare={false}
            save={(name) => props.views.rename(now(), name)}
            close={() => setOpen(null)}
          />
        )}
      </Show>
    </div>
  )
}
