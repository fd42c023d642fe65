import {
  createEffect,
  createMemo,
  createResource,
  createSignal,
  ErrorBoundary,
  Match,
  on,
  onCleanup,
  Show,
  Suspense,
  Switch,
  untrack,
  type JSX,
} from 'solid-js'
import { afterPaint } from './lib/after-paint.ts'
import { lazyPart } from './lib/lazy-part.ts'
import { Navigate, Route, Router } from '@solidjs/router'
import type { Me } from '#contract/session.ts'
import { session } from './api/session.ts'
import { doorOf } from './door.ts'
import { DeskContext } from './live/context.ts'
import { startDesk } from './live/start.ts'
import { ChatsScreen } from './screens/chats/chats-screen.tsx'
import { Broken, lateScreen } from './late-screen.tsx'
import { Shell } from './shell.tsx'
import { language, setLanguage } from './text/first.ts'
import { REST } from './text/rest.ts'
import { Toasts } from './ui/toast.tsx'
import { beforeReload } from './worker/register.ts'

const SignInScreen = lazyPart(() => import('./screens/sign-in/sign-in-screen.tsx'))
const ChatScreen = lazyPart(() => import('./screens/chat/chat-screen.tsx'))
// A chat that is opened by its address, as from a notification, is fetched while the phone's store is read; else after the list.
const fetchChat = () => void Promise.all([ChatScreen.preload(), REST[language()]()]).catch(() => undefined)
if (/^\/chats\/./.test(location.pathname)) fetchChat()
else afterPaint(fetchChat)

const SignUpScreen = lazyPart(async () => (await import('./later-screens.tsx')).loadSignUp())
const LinkScreen = lazyPart(async () => (await import('./later-screens.tsx')).loadLink())
const InvitedNumberScreen = lazyPart(async () => (await import('./later-screens.tsx')).loadInvitedNumber())

const { card, line } = document.documentElement.dataset
/** In a card of a portal (src/frame) there is the client's chat alone, in a connector's slider its line, and nothing around it. */
const Root =
  card || line ? lateScreen(async () => (await import('./later-screens.tsx')).loadScreen(card ? 'card' : 'line')) : Shell

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

/** Forty addresses cost as much as the first list: where that is what opens, they come after it. */
const [laterRoutes, setLaterRoutes] = createSignal<() => JSX.Element>()
const loadRoutes = async () => {
  const { LaterRoutes } = await import('./later-screens.tsx')
  setLaterRoutes(() => LaterRoutes)
  return { default: () => <Navigate href="/chats" /> }
}
const Elsewhere = lateScreen(loadRoutes)
const fetchRoutes = () => void loadRoutes().catch(() => undefined)
if (!/^\/(chats(\/|$)|$)/.test(location.pathname)) fetchRoutes()

function Signed(props: { me: Me }) {
  afterPaint(fetchRoutes)
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
            <Show when={laterRoutes()}>{(routes) => routes()()}</Show>
            <Route path="*" component={Elsewhere} />
          </Router>
        </DeskContext.Provider>
      )}
    </Show>
  )
}
