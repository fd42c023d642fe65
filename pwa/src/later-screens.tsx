/** Every screen but the inbox, the chat and the sign-in: a table that comes after the first screen, with the words of each. */
import { Route, type RouteSectionProps } from '@solidjs/router'
import type { Component } from 'solid-js'
import { lateScreen } from './late-screen.tsx'
import { needs } from './needs.tsx'
import { loadAlertsText } from './text/alerts.ts'
import { loadBalanceText } from './text/balance.ts'
import { loadBackupsText } from './text/backups.ts'
import { loadCareText } from './text/care.ts'
import { loadChannelText } from './text/channel.ts'
import { loadConsentsText } from './text/consents.ts'
import { loadContactsText } from './text/contacts.ts'
import { loadDeskWorkText } from './text/desk-work.ts'
import { loadEmployeesText } from './text/employees.ts'
import { loadFilesText } from './text/files.ts'
import { loadLabelsText } from './text/labels.ts'
import { loadNodesText } from './text/nodes.ts'
import { loadNoticesText } from './text/notices.ts'
import { loadOperatorText } from './text/operator.ts'
import { loadOperatorMoneyText } from './text/operator-money.ts'
import { loadOutboxText } from './text/outbox.ts'
import { loadOverviewText } from './text/overview.ts'
import { loadOwnText } from './text/own.ts'
import { loadPortalCardText } from './text/portal-card.ts'
import { loadPortalHealthText } from './text/portal-health.ts'
import { loadPortalLinesText } from './text/portal-lines.ts'
import { loadPortalsText } from './text/portals.ts'
import { loadPrivacyText } from './text/privacy.ts'
import { loadReconciliationText } from './text/reconciliation.ts'
import { loadQuickText } from './text/quick.ts'
import { loadRatesText } from './text/rates.ts'
import { loadRulesText } from './text/rules.ts'
import { loadPapersText } from './text/papers.ts'
import { loadPastText } from './text/past.ts'
import { loadSessionsText } from './text/sessions.ts'
import { loadSubscriptionsText } from './text/subscriptions.ts'
import { loadTeamText } from './text/team.ts'
import { loadTemplateText } from './text/templates.ts'
import { loadUptimeText } from './text/uptime.ts'

type Screen = { default: Component<RouteSectionProps> }

const phone = () => import('./later/phone.ts')
const contacts = () => import('./later/contacts.ts')
const team = () => import('./later/admin-team.ts')
const numbers = () => import('./later/admin-numbers.ts')
const billing = () => import('./later/admin-billing.ts')
const operator = () => import('./later/admin-operator.ts')
const desk = () => import('./later/admin-desk.ts')
const figures = () => import('./later/admin-figures.ts')

const SCREENS = {
  account: screen(phone, 'AccountScreen', loadOwnText),
  share: screen(phone, 'ShareScreen', loadFilesText),
  mentions: screen(phone, 'MentionsScreen'),
  transfers: screen(phone, 'TransfersScreen', loadDeskWorkText),
  dashboard: screen(figures, 'DashboardScreen', loadOverviewText, loadDeskWorkText, loadCareText),
  metrics: screen(figures, 'MetricsScreen', loadOverviewText, loadDeskWorkText, loadCareText),
  settings: screen(phone, 'SettingsScreen'),
  channels: screen(numbers, 'ChannelsScreen', loadChannelText, loadConsentsText, loadCareText, loadSessionsText, loadNodesText),
  channel: screen(
    numbers,
    'ChannelScreen',
    loadChannelText,
    loadConsentsText,
    loadCareText,
    loadSessionsText,
    loadPastText,
    loadUptimeText,
    loadNodesText,
    loadBackupsText,
  ),
  operator: screen(operator, 'OperatorScreen', loadOperatorText, loadOperatorMoneyText),
  reconciliation: screen(operator, 'ReconciliationScreen', loadReconciliationText),
  operatorPlans: screen(operator, 'PlansScreen', loadOperatorText, loadSubscriptionsText),
  operatorCustomers: screen(operator, 'CustomersScreen', loadOperatorText, loadOperatorMoneyText),
  operatorCustomer: screen(
    operator,
    'CustomerScreen',
    loadOperatorText,
    loadOperatorMoneyText,
    loadSubscriptionsText,
    loadBalanceText,
  ),
  operatorLoose: screen(operator, 'LooseScreen', loadOperatorText, loadOperatorMoneyText),
  operatorDisputes: screen(operator, 'DisputesScreen', loadOperatorText, loadOperatorMoneyText),
  operatorEvents: screen(operator, 'EventsScreen', loadOperatorText, loadOperatorMoneyText),
  operatorActs: screen(operator, 'ActsScreen', loadOperatorText, loadOperatorMoneyText),
  operatorSeller: screen(operator, 'SellerScreen', loadOperatorText, loadPapersText),
  operatorRates: screen(operator, 'RatesScreen', loadOperatorText, loadRatesText),
  subscriptions: screen(billing, 'SubscriptionsScreen', loadSubscriptionsText, loadPapersText),
  portals: screen(
    numbers,
    'PortalsScreen',
    loadPortalsText,
    loadPortalLinesText,
    loadEmployeesText,
    loadChannelText,
    loadSessionsText,
  ),
  portalHealth: screen(numbers, 'PortalHealthScreen', loadPortalsText, loadPortalLinesText, loadPortalHealthText),
  employees: screen(numbers, 'EmployeesScreen', loadEmployeesText),
  card: screen(() => import('./card/card-shell.tsx'), 'CardShell', loadPortalCardText),
  line: screen(numbers, 'LineShell', loadPortalLinesText, loadChannelText, loadSessionsText),
  outbox: screen(phone, 'OutboxScreen', loadOutboxText),
  log: screen(desk, 'LogScreen'),
  deadLetters: screen(desk, 'DeadLettersScreen'),
  people: screen(team, 'PeopleScreen', loadTeamText),
  roles: screen(team, 'RolesScreen', loadTeamText),
  departments: screen(team, 'DepartmentsScreen', loadTeamText),
  audit: screen(team, 'AuditScreen', loadTeamText),
  apiKeys: screen(team, 'ApiKeysScreen', loadTeamText),
  balance: screen(team, 'BalanceScreen', loadBalanceText, loadPapersText),
  alerts: screen(billing, 'AlertsScreen', loadAlertsText),
  company: screen(team, 'CompanyScreen', loadTeamText),
  quickReplies: screen(desk, 'QuickRepliesScreen', loadQuickText),
  rules: screen(desk, 'RulesScreen', loadRulesText),
  labels: screen(desk, 'LabelsScreen', loadLabelsText),
  contacts: screen(contacts, 'ContactsScreen', loadContactsText, loadConsentsText, loadPrivacyText),
  rights: screen(contacts, 'RightsScreen', loadContactsText, loadConsentsText, loadPrivacyText),
  privacy: screen(team, 'PrivacyScreen', loadPrivacyText),
  contactList: screen(contacts, 'ContactListScreen', loadContactsText, loadConsentsText),
  clients: screen(contacts, 'ClientsScreen', loadContactsText, loadConsentsText),
  clientSource: screen(desk, 'ClientSourceScreen', loadContactsText, loadConsentsText),
  issues: screen(contacts, 'IssuesScreen', loadContactsText, loadConsentsText),
  import: screen(contacts, 'ImportScreen', loadContactsText, loadConsentsText),
  notifications: screen(phone, 'NotificationsScreen', loadNoticesText),
  consents: screen(contacts, 'ConsentsScreen', loadContactsText, loadConsentsText),
  templates: screen(desk, 'TemplatesScreen', loadTemplateText),
} satisfies Record<string, () => Promise<Screen>>

export type ScreenName = keyof typeof SCREENS

/** The file of a screen, and its words. */
export const loadScreen = (name: ScreenName): Promise<Screen> => SCREENS[name]()

export async function loadSignUp() {
  const [found] = await Promise.all([import('./screens/sign-in/sign-up-screen.tsx'), loadOwnText()])
  return found
}

export async function loadLink() {
  const [found] = await Promise.all([import('./screens/sign-in/link-screen.tsx'), loadOwnText()])
  return found
}

export async function loadInvitedNumber() {
  const [found] = await Promise.all([import('./screens/sign-in/invited-number-screen.tsx'), loadOwnText(), loadSessionsText()])
  return found
}

const later = (name: ScreenName) => lateScreen(async () => loadScreen(name))

/** The addresses of all screens but the list and its chats. */
export function LaterRoutes() {
  return (
    <>
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
        <Route path="/operator/reconciliation" component={later('reconciliation')} />
        <Route path="/operator" component={later('operator')} />
        <Route path="/operator/plans" component={later('operatorPlans')} />
        <Route path="/operator/customers" component={later('operatorCustomers')} />
        <Route path="/operator/customers/:customerId" component={later('operatorCustomer')} />
        <Route path="/operator/loose" component={later('operatorLoose')} />
        <Route path="/operator/disputes" component={later('operatorDisputes')} />
        <Route path="/operator/events" component={later('operatorEvents')} />
        <Route path="/operator/acts" component={later('operatorActs')} />
        <Route path="/operator/seller" component={later('operatorSeller')} />
        <Route path="/operator/rates" component={later('operatorRates')} />
        <Route path="/subscriptions" component={needs('billing.read', later('subscriptions'))} />
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
        <Route path="/balance" component={needs('billing.read', later('balance'))} />
        <Route path="/alerts" component={needs('billing.manage', later('alerts'))} />
        <Route path="/company" component={needs('account.manage', later('company'))} />
        <Route path="/privacy" component={needs('account.manage', later('privacy'))} />
      </Route>
    </>
  )
}

/** A screen of one of the files, and the words that it needs. */
function screen<Name extends string>(
  load: () => Promise<Record<Name, Component<RouteSectionProps>>>,
  name: Name,
  ...words: (() => Promise<void>)[]
): () => Promise<Screen> {
  return async () => {
    const [found] = await Promise.all([load(), ...words.map((one) => one())])
    return { default: found[name] }
  }
}
