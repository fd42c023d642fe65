import {
  createEffect,
  createMemo,
  createResource,
  ErrorBoundary,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
  untrack,
} from 'solid-js'
import { lazyPart } from './lib/lazy-part.ts'
import { Navigate, Route, Router } from '@solidjs/router'
import type { Me } from '#contract/session.ts'
import { session } from './api/session.ts'
import { doorOf } from './door.ts'
import { DeskContext } from './live/context.ts'
import { startDesk } from './live/start.ts'
import { needs } from './needs.tsx'
import { ChatsScreen } from './screens/chats/chats-screen.tsx'
import { Shell } from './shell.tsx'
import { loadChannelText } from './text/channel.ts'
import { loadConsentsText } from './text/consents.ts'
import { loadContactsText } from './text/contacts.ts'
import { loadCareText } from './text/care.ts'
import { loadFilesText } from './text/files.ts'
import { loadDeskWorkText } from './text/desk-work.ts'
import { loadQuickText } from './text/quick.ts'
import { loadLabelsText } from './text/labels.ts'
import { loadTeamText } from './text/team.ts'
import { loadTemplateText } from './text/templates.ts'
import { loadOverviewText } from './text/overview.ts'
import { loadPrivacyText } from './text/privacy.ts'
import { loadRulesText } from './text/rules.ts'
import { loadNoticesText } from './text/notices.ts'
import { loadOwnText } from './text/own.ts'
import { loadOutboxText } from './text/outbox.ts'
import { language, setLanguage, t } from './text/text.ts'
import { ErrorCard } from './ui/empty.tsx'
import { Toasts } from './ui/toast.tsx'

const SignInScreen = lazyPart(() => import('./screens/sign-in/sign-in-screen.tsx'))
const SignUpScreen = lazyPart(withWords(() => import('./screens/sign-in/sign-up-screen.tsx'), loadOwnText))
const LinkScreen = lazyPart(withWords(() => import('./screens/sign-in/link-screen.tsx'), loadOwnText))
const AccountScreen = lazyPart(withWords(() => import('./screens/account/account-screen.tsx'), loadOwnText))
const ChatScreen = lazyPart(() => import('./screens/chat/chat-screen.tsx'))
const ShareScreen = lazyPart(withWords(() => import('./screens/share/share-screen.tsx'), loadFilesText))
const MentionsScreen = lazyPart(() => import('./screens/mentions/mentions-screen.tsx'))
const TransfersScreen = lazyPart(withWords(() => import('./screens/transfers/transfers-screen.tsx'), loadDeskWorkText))
const DashboardScreen = lazyPart(
  withWords(() => import('./screens/dashboard/dashboard-screen.tsx'), loadOverviewText, loadDeskWorkText, loadCareText),
)
const MetricsScreen = lazyPart(
  withWords(() => import('./screens/metrics/metrics-screen.tsx'), loadOverviewText, loadDeskWorkText, loadCareText),
)
const SettingsScreen = lazyPart(() => import('./screens/settings/settings-screen.tsx'))
const ChannelsScreen = lazyPart(
  withWords(() => import('./screens/channels/channels-screen.tsx'), loadChannelText, loadConsentsText, loadCareText),
)
const ChannelScreen = lazyPart(
  withWords(() => import('./screens/channels/channel-screen.tsx'), loadChannelText, loadConsentsText, loadCareText),
)
const OutboxScreen = lazyPart(withWords(() => import('./screens/outbox/outbox-screen.tsx'), loadOutboxText))
const LogScreen = lazyPart(() => import('./screens/settings/log-screen.tsx'))
const DeadLettersScreen = lazyPart(() => import('./screens/settings/dead-letters-screen.tsx'))
const PeopleScreen = lazyPart(withWords(() => import('./screens/team/people-screen.tsx'), loadTeamText))
const RolesScreen = lazyPart(withWords(() => import('./screens/team/roles-screen.tsx'), loadTeamText))
const DepartmentsScreen = lazyPart(withWords(() => import('./screens/team/departments-screen.tsx'), loadTeamText))
const AuditScreen = lazyPart(withWords(() => import('./screens/team/audit-screen.tsx'), loadTeamText))
const ApiKeysScreen = lazyPart(withWords(() => import('./screens/team/api-keys-screen.tsx'), loadTeamText))
const CompanyScreen = lazyPart(withWords(() => import('./screens/team/company-screen.tsx'), loadTeamText))

const QuickRepliesScreen = lazyPart(withWords(() => import('./screens/quick-replies/quick-replies-screen.tsx'), loadQuickText))
const RulesScreen = lazyPart(withWords(() => import('./screens/rules/rules-screen.tsx'), loadRulesText))

const LabelsScreen = lazyPart(withWords(() => import('./screens/labels/labels-screen.tsx'), loadLabelsText))
const ContactsScreen = lazyPart(
  withWords(() => import('./screens/contacts/contacts-screen.tsx'), loadContactsText, loadConsentsText, loadPrivacyText),
)
const ContactListScreen = lazyPart(
  withWords(() => import('./screens/contacts/contact-list-screen.tsx'), loadContactsText, loadConsentsText),
)
const ClientsScreen = lazyPart(
  withWords(() => import('./screens/contacts/clients-screen.tsx'), loadContactsText, loadConsentsText),
)
const ClientSourceScreen = lazyPart(
  withWords(() => import('./screens/client-source/client-source-screen.tsx'), loadContactsText, loadConsentsText),
)
const IssuesScreen = lazyPart(withWords(() => import('./screens/contacts/issues-screen.tsx'), loadContactsText, loadConsentsText))
const ImportScreen = lazyPart(withWords(() => import('./screens/contacts/import-screen.tsx'), loadContactsText, loadConsentsText))

const NotificationsScreen = lazyPart(withWords(() => import('./screens/notifications/notifications-screen.tsx'), loadNoticesText))
const ConsentsScreen = lazyPart(
  withWords(() => import('./screens/contacts/consents-screen.tsx'), loadContactsText, loadConsentsText),
)

const RightsScreen = lazyPart(
  withWords(() => import('./screens/contacts/rights-screen.tsx'), loadContactsText, loadConsentsText, loadPrivacyText),
)
const PrivacyScreen = lazyPart(withWords(() => import('./screens/privacy/privacy-screen.tsx'), loadPrivacyText))

const TemplatesScreen = lazyPart(withWords(() => import('./screens/templates/templates-screen.tsx'), loadTemplateText))

/** A screen that comes with the words that it needs. */
function withWords<Screen>(load: () => Promise<Screen>, ...words: (() => Promise<void>)[]): () => Promise<Screen> {
  return async () => (await Promise.all([load(), ...words.map((one) => one())]))[0]
}

/** Sign-in, or the desk of who is signed in. */
export function App() {
  // The same person keeps the desk that is open, whatever else is new about them.
  const me = createMemo<Me | null>((before) => {
    const now = session()
    if (now.state !== 'in') return null
    return before?.person.id === now.me.person.id ? before : now.me
  }, null)
  const linkToken = () => {
    const door = doorOf()
    return door?.name === 'link' ? door.token : null
  }
  return (
    <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
      <Switch>
        <Match when={linkToken()} keyed>
          {(token) => (
            <Suspense>
              <LinkScreen token={token} />
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

function Signed(props: { me: Me }) {
  const [running] = createResource(() => startDesk(untrack(() => props.me)))
  onCleanup(() => void running()?.stop())
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
          <Router root={Shell}>
            <Route path="/chats" component={ChatsScreen}>
              <Route path="/" />
              <Route path="/:chatId" component={ChatScreen} />
            </Route>
            <Route path="/mentions" component={MentionsScreen} />
            <Route path="/compartir" component={needs('messages.send', ShareScreen)} />
            <Route path="/transfers" component={needs('transfers.request', TransfersScreen)} />
            <Route path="/dashboard" component={needs('dashboard.read', DashboardScreen)} />
            <Route path="/contacts" component={needs('contacts.read', ContactsScreen)}>
              <Route path="/" component={ContactListScreen} />
              <Route path="/clients" component={needs('clients.write', ClientsScreen)} />
              <Route path="/issues" component={needs('contacts.manage', IssuesScreen)} />
              <Route path="/import" component={needs('contacts.manage', ImportScreen)} />
              <Route path="/consents" component={needs('consents.manage', ConsentsScreen)} />
              <Route path="/rights" component={needs('privacy.manage', RightsScreen)} />
            </Route>
            <Route path="/dashboard/metrics" component={needs('dashboard.read', MetricsScreen)} />
            <Route path="/settings" component={SettingsScreen}>
              <Route path="/" />
              <Route path="/account" component={AccountScreen} />
              <Route path="/notifications" component={NotificationsScreen} />
              <Route path="/channels" component={needs('channels.read', ChannelsScreen)} />
              <Route path="/channels/:channelId" component={needs('channels.read', ChannelScreen)} />
              <Route path="/outbox" component={OutboxScreen} />
              <Route path="/log" component={needs('logs.read', LogScreen)} />
              <Route path="/dead-letters" component={needs('dead_letters.manage', DeadLettersScreen)} />
              <Route path="/client-source" component={needs('clients.manage', ClientSourceScreen)} />
              <Route path="/quick-replies" component={needs('quick_replies.manage', QuickRepliesScreen)} />
              <Route path="/templates" component={needs('templates.manage', TemplatesScreen)} />
              <Route path="/rules" component={needs('rules.manage', RulesScreen)} />
              <Route path="/labels" component={needs('labels.manage', LabelsScreen)} />
              <Route path="/people" component={needs('people.read', PeopleScreen)} />
              <Route path="/roles" component={needs('people.read', RolesScreen)} />
              <Route path="/departments" component={needs('people.read', DepartmentsScreen)} />
              <Route path="/audit" component={needs('audit.read', AuditScreen)} />
              <Route path="/api-keys" component={needs('api_keys.manage', ApiKeysScreen)} />
              <Route path="/company" component={needs('account.manage', CompanyScreen)} />
              <Route path="/privacy" component={needs('account.manage', PrivacyScreen)} />
            </Route>
            <Route path="*" component={() => <Navigate href="/chats" />} />
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
