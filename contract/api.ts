/** Every endpoint of the product in one table: routes, docs and tests walk it. */
import * as alerts from './alerts.ts'
import * as audit from './audit.ts'
import * as backups from './backups.ts'
import * as billing from './billing.ts'
import * as bitrix24 from './bitrix24.ts'
import * as portalLines from './portal-lines.ts'
import * as bulk from './bulk.ts'
import * as changes from './changes.ts'
import * as cards from './cards.ts'
import * as channelCare from './channel-care.ts'
import * as channelProvider from './channel-provider.ts'
import * as channelSettings from './channel-settings.ts'
import * as channels from './channels.ts'
import * as clients from './clients.ts'
import * as consents from './consents.ts'
import * as contacts from './contacts.ts'
import * as dashboard from './dashboard.ts'
import * as desk from './desk.ts'
import type { Endpoint } from './endpoint.ts'
import * as drafts from './drafts.ts'
import * as employees from './employees.ts'
import * as guard from './guard.ts'
import * as inbox from './inbox.ts'
import * as media from './media.ts'
import * as mentions from './mentions.ts'
import * as metrics from './metrics.ts'
import * as labels from './labels.ts'
import * as nodes from './nodes.ts'
import * as operator from './operator.ts'
import * as operatorMoney from './operator-money.ts'
import * as papers from './papers.ts'
import * as people from './people.ts'
import * as phoneContacts from './phone-contacts.ts'
import * as portalCard from './portal-card.ts'
import * as portalHealth from './portal-health.ts'
import * as privacy from './privacy.ts'
import * as push from './push.ts'
import * as reconciliation from './reconciliation.ts'
import * as quickReplies from './quick-replies.ts'
import * as rates from './rates.ts'
import * as rules from './rules.ts'
import * as subscriptions from './subscriptions.ts'
import * as session from './session.ts'
import * as sessions from './sessions.ts'
import * as templates from './templates.ts'
import * as trace from './trace.ts'
import * as uptime from './uptime.ts'
import * as views from './views.ts'

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'returns' in value
}

const rooms = {
  session,
  people,
  audit,
  inbox,
  desk,
  bulk,
  changes,
  channels,
  channelCare,
  channelProvider,
  channelSettings,
  sessions,
  nodes,
  backups,
  quickReplies,
  rules,
  templates,
  media,
  mentions,
  drafts,
  guard,
  trace,
  uptime,
  views,
  dashboard,
  metrics,
  labels,
  contacts,
  phoneContacts,
  consents,
  clients,
  privacy,
  push,
  billing,
  alerts,
  cards,
  bitrix24,
  employees,
  portalLines,
  portalCard,
  portalHealth,
  subscriptions,
  operator,
  operatorMoney,
  papers,
  reconciliation,
  rates,
}

/** `inbox.listChats` → its row. */
export const API: Record<string, Endpoint> = Object.fromEntries(
  Object.entries(rooms).flatMap(([room, names]) =>
    Object.entries(names).flatMap(([name, value]) => (isEndpoint(value) ? [[`${room}.${name}`, value] as const] : [])),
  ),
)
