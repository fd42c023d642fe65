import { useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { photoUrl } from '../../api/media-url.ts'
import { createRead } from '../../lib/create-read.ts'
import { createChatFinder } from '../../create-chat-finder.ts'
import { useDesk } from '../../live/context.ts'
import { dropParked, parkedOf } from '../../live/parked.ts'
import { chatName } from '../../text/chat-name.ts'
import { filesText } from '../../text/files.ts'
import { fileSize, phoneNumber } from '../../text/format.ts'
import { t } from '../../text/text.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'

/** What another app shared, and the chats that it can go to. Nothing leaves before somebody taps Send there. */
export default function ShareScreen() {
  const { desk } = useDesk()
  const navigate = useNavigate()
  const [search] = useSearchParams<{ id?: string }>()
  const [words, setWords] = createSignal('')
  const [shared] = createRead(
    () => search.id,
    async (id) => (await parkedOf(id).catch(() => undefined)) ?? null,
  )
  const chats = createChatFinder(words)

  async function giveUp() {
    if (search.id) await dropParked(search.id).catch(() => undefined)
    navigate('/chats', { replace: true })
  }

  return (
    <main class="scroll-thin h-full overflow-y-auto p-4 pt-[calc(16px+env(safe-area-inset-top))]">
      <h1 class="text-title font-bold">{filesText().share.title}</h1>
      <Show when={!shared.loading}>
        <Show
          when={shared.latest}
          fallback={
            <Empty title={filesText().share.nothing} help={filesText().share.nothingHelp}>
              <a href="/chats" class="button button-outlined">
                {t().app.toChats}
              </a>
            </Empty>
          }
        >
          {(parked) => (
            <div class="mx-auto flex max-w-140 flex-col gap-4 pt-3">
              <ul class="rounded-card border border-line bg-surface px-4 py-2" aria-label={filesText().share.what}>
                <For each={parked().files}>
                  {(file) => (
                    <li class="flex gap-2 py-1">
                      <span class="min-w-0 flex-1 truncate font-semibold">{file.name}</span>
                      <span class="text-small text-ink-2">{fileSize(file.size)}</span>
                      <Show when={file.type.startsWith('video/')}>
                        <span class="text-small text-cochinilla">{filesText().share.video}</span>
                      </Show>
                    </li>
                  )}
                </For>
                <Show when={parked().text}>
                  <li class="clamp-2 py-1 whitespace-pre-wrap">{parked().text}</li>
                </Show>
              </ul>
              <input
                type="search"
                class="field"
                aria-label={filesText().share.pick}
                placeholder={filesText().share.pick}
                value={words()}
                onInput={(event) => setWords(event.currentTarget.value)}
              />
              <Show when={chats().length > 0} fallback={<p class="text-ink-2">{filesText().share.noChats}</p>}>
                <ul aria-label={filesText().share.pick}>
                  <For each={chats()}>
                    {(chat) => (
                      <li>
                        <a
                          href={`/chats/${chat.id}?shared=${parked().id}`}
                          class="row flex min-h-16 items-center gap-3 border-b border-line py-2"
                        >
                          <Avatar name={chatName(chat)} photo={photoUrl(chat.contact)} />
                          <span class="min-w-0 flex-1">
                            <span class="block truncate font-semibold">{chatName(chat)}</span>
                            <span class="block truncate text-small text-ink-2">
                              {[desk.channel(chat.channelId)?.name, chat.contact.phone && phoneNumber(chat.contact.phone)]
                                .filter(Boolean)
                                .join(' · ')}
                            </span>
                          </span>
                        </a>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
              <Button kind="quiet" onClick={() => void giveUp()}>
                {filesText().share.giveUp}
              </Button>
            </div>
          )}
        </Show>
      </Show>
    </main>
  )
}
