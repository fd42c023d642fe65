/** Every screen but the inbox, the chat and the sign-in: a table that comes after the first screen, with the words of each. */
import type { RouteSectionProps } from '@solidjs/router'
import type { Component } from 'solid-js'
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
import { loadOutboxText } from './text/outbox.ts'
import { loadOverviewText } from './text/overview.ts'
import { loadOwnText } from './text/own.ts'
import { loadPortalCardText } from './text/portal-card.ts'
import { loadPortalHealthText } from './text/portal-health.ts'
import { loadPortalLinesText } from './text/portal-lines.ts'
import { loadPortalsText } from './text/portals.ts'
import { loadPrivacyText } from './text/privacy.ts'
import { loadQuickText } from './text/quick.ts'
import { loadRulesText } from './text/rules.ts'
import { loadPastText } from './text/past.ts'
import { loadSessionsText } from './text/sessions.ts'
import { loadTeamText } from './text/team.ts'
import { loadTemplateText } from './text/templates.ts'
import { loadUptimeText } from './text/uptime.ts'

type Screen = { default: Component<RouteSectionProps> }

const phone = () => import('./later/phone.ts')
const contacts = () => import('./later/contacts.ts')
const team = () => import('./later/admin-team.ts')
const numbers = () => import('./later/admin-numbers.ts')
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
  portals: screen(numbers, 'PortalsScreen', loadPortalsText, loadPortalLinesText, loadEmployeesText),
  portalHealth: screen(numbers, 'PortalHealthScreen', loadPortalsText, loadPortalLinesText, loadPortalHealthText),
  employees: screen(numbers, 'EmployeesScreen', loadEmployeesText),
  card: screen(() => import('./card/card-shell.tsx'), 'CardShell', loadPortalCardText),
  line: screen(() => import('./screens/bitrix24/line-shell.tsx'), 'LineShell', loadPortalLinesText),
  outbox: screen(phone, 'OutboxScreen', loadOutboxText),
  log: screen(desk, 'LogScreen'),
  deadLetters: screen(desk, 'DeadLettersScreen'),
  people: screen(team, 'PeopleScreen', loadTeamText),
  roles: screen(team, 'RolesScreen', loadTeamText),
  departments: screen(team, 'DepartmentsScreen', loadTeamText),
  audit: screen(team, 'AuditScreen', loadTeamText),
  apiKeys: screen(team, 'ApiKeysScreen', loadTeamText),
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
