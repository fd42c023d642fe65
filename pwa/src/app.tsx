import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  ErrorBoundary,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
  untrack,
  type Component,
} from 'solid-js'
import { afterPaint } from './lib/after-paint.ts'
import { lazyPart } from './lib/lazy-part.ts'
import { Navigate, Route, Router, type RouteSectionProps } from '@solidjs/router'
import type { Me } from '#contract/session.ts'
import { session } from './api/session.ts'
import { doorOf } from './door.ts'
import { DeskContext } from './live/context.ts'
import { startDesk } from './live/start.ts'
import { needs } from './needs.tsx'
import { ChatsScreen } from './screens/chats/chats-screen.tsx'
import type { ScreenName } from './later-screens.ts'
import { Shell } from './shell.tsx'
import { language, setLanguage, t } from './text/first.ts'
import { REST } from './text/rest.ts'
import { ErrorCard } from './ui/empty.tsx'
import { Toasts } from './ui/toast.tsx'
import { beforeReload } from './worker/register.ts'

const SignInScreen = lazyPart(() => import('./screens/sign-in/sign-in-screen.tsx'))
const ChatScreen = lazyPart(() => import('./screens/chat/chat-screen.tsx'))
// A chat that is opened by its address, as from a notification, is fetched while the phone's store is read; else after the list.
const fetchChat = () => void Promise.all([ChatScreen.preload(), REST[language()]()]).catch(() => undefined)
if (/^\/chats\/./.test(location.pathname)) fetchChat()
else afterPaint(fetchChat)

const SignUpScreen = lazyPart(async () => (await import('./later-screens.ts')).loadSignUp())
const LinkScreen = lazyPart(async () => (await import('./later-screens.ts')).loadLink())
const InvitedNumberScreen = lazyPart(async () => (await import('./later-screens.ts')).loadInvitedNumber())

/** A screen that comes when it is opened. Until then its place says so; where it never comes, nothing else is lost. */
function later(name: ScreenName): Component<RouteSectionProps> {
  const Screen = lazyPart(async () => (await import('./later-screens.ts')).loadScreen(name))
  return (props) => (
    <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
      <Suspense fallback={<Late />}>
        <Screen {...props} />
      </Suspense>
    </ErrorBoundary>
  )
}

/** Most parts are here at once: nothing flashes. A slow network, or none, is said. */
const LATE_MS = 600

function Late() {
  const [isLate, setIsLate] = createSignal(false)
  const timer = setTimeout(() => setIsLate(true), LATE_MS)
  onCleanup(() => clearTimeout(timer))
  return (
    <p role="status" class="p-6 text-center text-ink-2">
      {isLate() && (navigator.onLine ? t().app.partLate : t().app.partOffline)}
    </p>
  )
}

const { card, line } = document.documentElement.dataset
/** In a card of a portal (src/frame) there is the client's chat alone, in a connector's slider its line, and nothing around it. */
const Root = card ? later('card') : line ? later('line') : Shell

/** Sign-in, or the desk of who is signed in. */
export function App() {
  // The same person keeps the desk that is open, whatever else is new about them.
  const me = createMemo<Me | null>((before) => {
    const now = session()
    if (now.state !== 'in') return null
    return before?.person.id === now.me.person.id ? before : now.me
  }, null)
  const tokenOf = (name: 'link' | 'number') => {
    const door = doorOf()
    return door?.name === name ? door.token : null
  }
  return (
    <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
      <Switch>
        <Match when={tokenOf('link')} keyed>
          {(token) => (
            <Suspense>
              <LinkScreen token={token} />
            </Suspense>
          )}
        </Match>
        <Match when={tokenOf('number')} keyed>
          {(token) => (
            <Suspense>
              <InvitedNumberScreen token={token} />
            </Suspense>
          )}
        </Match>
        <Match when={session().state === 'out'}>
          <Suspense>
            <Show when={doorOf()?.name === 'sign-up'} fallback={<SignInScreen />}>
              <SignUpScreen />
            </Show>
          </Suspense>
        </Match>
        <Match when={me()} keyed>
          {(person) => <Signed me={person} />}
        </Match>
      </Switch>
      <Toasts />
    </ErrorBoundary>
  )
}

/** Forty addresses cost as much as the first list: where that is what opens, they are for after it. */
const [hasAll, setHasAll] = createSignal(!/^\/(chats(\/|$)|$)/.test(location.pathname))

function Signed(props: { me: Me }) {
  afterPaint(() => setHasAll(true))
  const [running] = createResource(() => startDesk(untrack(() => props.me)))
  onCleanup(() => void running()?.stop())
  onCleanup(beforeReload(() => running()?.drafts.flush()))
  // What the server said at the start, or after a change made here; the live stream tells the desk by itself.
  createEffect(() => {
    const now = session()
    if (now.state === 'in') running()?.desk.noteMe(now.me)
  })
  createEffect(
    on(
      () => {
        const now = session()
        return now.state === 'in' ? now.me.person.language : null
      },
      (wanted) => {
        if (wanted && wanted !== untrack(language)) void setLanguage(wanted)
      },
    ),
  )
  return (
    <Show when={running()}>
      {(desk) => (
        <DeskContext.Provider value={desk()}>
          <Router root={Root}>
            <Route path="/chats" component={ChatsScreen}>
              <Route path="/" />
              <Route path="/:chatId" component={ChatScreen} />
            </Route>
            <Route path="/" component={() => <Navigate href="/chats" />} />
            <Show when={hasAll()}>
              <Route path="/mentions" component={later('mentions')} />
              <Route path="/compartir" component={needs('messages.send', later('share'))} />
              <Route path="/transfers" component={needs('transfers.request', later('transfers'))} />
              <Route path="/dashboard" component={needs('dashboard.read', later('dashboard'))} />
              <Route path="/contacts" component={needs('contacts.read', later('contacts'))}>
                <Route path="/" component={later('contactList')} />
                <Route path="/clients" component={needs('clients.write', later('clients'))} />
                <Route path="/issues" component={needs('contacts.manage', later('issues'))} />
                <Route path="/import" component={needs('contacts.manage', later('import'))} />
                <Route path="/consents" component={needs('consents.manage', later('consents'))} />
                <Route path="/rights" component={needs('privacy.manage', later('rights'))} />
              </Route>
              <Route path="/dashboard/metrics" component={needs('dashboard.read', later('metrics'))} />
              <Route path="/settings" component={later('settings')}>
                <Route path="/" />
                <Route path="/account" component={later('account')} />
                <Route path="/notifications" component={later('notifications')} />
                <Route path="/channels" component={needs('channels.read', later('channels'))} />
                <Route path="/channels/:channelId" component={needs('channels.read', later('channel'))} />
                <Route path="/outbox" component={later('outbox')} />
                <Route path="/log" component={needs('logs.read', later('log'))} />
                <Route path="/dead-letters" component={needs('dead_letters.manage', later('deadLetters'))} />
                <Route path="/client-source" component={needs('clients.manage', later('clientSource'))} />
                <Route path="/bitrix24" component={needs('account.manage', later('portals'))} />
                <Route path="/bitrix24/:portalId/health" component={needs('account.manage', later('portalHealth'))} />
                <Route path="/bitrix24/:portalId" component={needs('people.manage', later('employees'))} />
                <Route path="/quick-replies" component={needs('quick_replies.manage', later('quickReplies'))} />
                <Route path="/templates" component={needs('templates.manage', later('templates'))} />
                <Route path="/rules" component={needs('rules.manage', later('rules'))} />
                <Route path="/labels" component={needs('labels.manage', later('labels'))} />
                <Route path="/people" component={needs('people.read', later('people'))} />
                <Route path="/roles" component={needs('people.read', later('roles'))} />
                <Route path="/departments" component={needs('people.read', later('departments'))} />
                <Route path="/audit" component={needs('audit.read', later('audit'))} />
                <Route path="/api-keys" component={needs('api_keys.manage', later('apiKeys'))} />
                <Route path="/company" component={needs('account.manage', later('company'))} />
                <Route path="/privacy" component={needs('account.manage', later('privacy'))} />
              </Route>
            </Show>
            <Route path="*" component={() => (hasAll() ? <Navigate href="/chats" /> : void setHasAll(true))} />
          </Router>
        </DeskContext.Provider>
      )}
    </Show>
  )
}

/** A part of the app could not be loaded or drawn. What was written is in the phone's store. */
function Broken(props: { error: unknown }) {
  onMount(() => console.error(props.error))
  return (
    <ErrorCard
      title={t().app.loadFailed}
      help={t().app.loadFailedHelp}
      action={{ name: t().app.reload, run: () => location.reload() }}
    />
  )
}
