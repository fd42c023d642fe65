/** What `GET /control/bitrix24` and the README tell about the commands. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'POST …/portals':
    '{id?: member id, name?, employees?: 6 (up to 2000), lang?, license?, port?} → the portal with its domain; the same id again: that one',
  'GET …/portals | /portals/:portal': 'a portal is named by its member id, its name or its domain',
  'PUT …/portals/:portal/settings':
    'any of its settings: tokenLifeS, bucketSize, bucketDrainPerS, operatingLimitS, operatingCostS, operatingCosts {method: s}, echo, gaps, installEventMs, eventMs, crmMode, isFree, isDeleted, isAway, isOverloaded, isMobile, refreshGraceS, webhook (secret of /rest/1/<secret>/<method>), confirm {method: waiting|denied|confirmed}, modules …',
  'POST …/portals/:portal/rename': 'a new domain; the old one answers 302',
  'POST …/portals/:portal/employees': '{count}: there are so many; PUT …/users/:id {active: false, …} changes one',
  'POST …/apps':
    '{clientId?, secret?, name?, kind: market|local, handler, installer?, events?, redirect?, scope?: [], version?, hasUi?, portal?} → the card with its secret; …/apps/check {addresses} asks each by HEAD',
  'POST …/portals/:portal/install':
    '{clientId, userId?, status?, open?}: installs; with open the installer’s page is fetched as its frame would',
  'POST …/portals/:portal/finish | /update | /uninstall | /payment':
    '{clientId} and {version?} | {clean?} | {expired, daysLeft, status?}',
  'POST …/portals/:portal/frame':
    '{clientId, userId?, placement?, options?, handler?, open?} → what a frame posts, and with open what came back',
  'POST …/portals/:portal/allow': '{clientId, users: [2, 3] | null}: only these employees (and administrators) may use it',
  'POST …/portals/:portal/tokens': '{clientId, userId?} → {access_token, refresh_token}',
  'POST …/portals/:portal/write': '{chat, text?, userId?, files?: [{sample} | {name, mime, base64}]}: an operator writes',
  'POST …/portals/:portal/edit | /delete | /answer | /transfer | /close':
    '{message, text} | {message} | {chat, userId} | {chat, toUserId} | {chat}',
  'POST …/portals/:portal/line | /delete-line | /connect | /disconnect':
    '{line?, name?, queue?, params?} | {line} | {connector, line} | {connector, line}',
  'POST …/portals/:portal/item': '{typeId, fields, userId?} adds; {id, fields} changes; {id, delete: true} deletes',
  'POST …/portals/:portal/robot | /sms':
    '{code, id: "2:540", properties?} | {sender, id: "3:88", to, text}: the CRM starts a robot, sends by a sender',
  'POST …/portals/:portal/event | /confirm': '{event, data, userId?}: any event | {clientId, method, yes}',
  'GET …/portals/:portal/rows/:table':
    '?after=&field=value → users, lines, connectors, channels, dialogs, sessions, bubbles, handlers, placements, items, activities, robots, robotRuns, senders, sms, calls, notices, got (what was asked), told (events and what their handlers answered) …',
  'POST …/mischief':
    '{where: rest|oauth|events|files, portal?, what?: method, event or path, next?, slowMs?, error?, status?, body?, dropAnswer?, lose?, duplicate?, reorder?}; DELETE takes all away, with ?portal= what was meant for it',
  'PUT …/clock': '{aheadMs}: Bitrix24’s clock; POST …/quiet answers when no event is under way; POST …/reset',
}
