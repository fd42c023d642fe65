/** A simulated portal's rows. Ids are numbers as in the portal; what goes out as text is made text where it goes out. */

/** An application as its vendor (or the administrator of one portal) describes it. */
export type App = {
  /** client_id */
  id: string
  secret: string
  code: string
  name: string
  kind: 'market' | 'local'
  /** A local app lives in one portal. */
  portal: string | null
  scope: string[]
  version: number
  /** Application URL, installer URL (null: none), and where ONAPPINSTALL and the like are posted (null: nowhere). */
  handler: string
  installer: string | null
  events: string | null
  /** Where the code flow leads back to. */
  redirect: string | null
  /** false: "script only": no frame, tokens come by ONAPPINSTALL to the installer's address. */
  hasUi: boolean
}

export type Status = 'L' | 'F' | 'D' | 'T' | 'P' | 'S'

/** An application in a portal. `id` is its client_id. */
export type Install = {
  id: string
  appId: number
  version: number
  status: Status
  /** installFinish was called: before it no event goes out and no widget is shown. */
  isFinished: boolean
  applicationToken: string
  installerId: number
  scope: string[]
  /** Only these employees may use it; null: everybody. */
  allowed: number[] | null
  paymentExpired: boolean
  daysLeft: number | null
  at: number
}

export type Token = {
  id: string
  kind: 'access' | 'refresh' | 'code'
  clientId: string
  portal: string
  userId: number
  scope: string[]
  expiresAt: number
  /** When it was exchanged for others: never again. */
  usedAt: number | null
}

export type User = {
  id: number
  active: boolean
  admin: boolean
  name: string
  lastName: string
  email: string
  phone: string
  mobile: string
  position: string
  gender: 'M' | 'F' | ''
  departments: number[]
  photo: string | null
}

export type Department = { id: number; name: string; parent: number | null; head: number | null; sort: number }

/** An open line. `params` are those of imopenlines.config.add, as text. */
export type Line = {
  id: number
  name: string
  active: boolean
  queue: { type: 'user' | 'department'; id: number }[]
  params: Record<string, unknown>
  modifiedBy: number
}

export type Connector = {
  /** In small letters. */
  id: string
  clientId: string
  name: string
  icon: Record<string, unknown>
  handler: string
  chatGroup: boolean
  needSignature: boolean
  needSystemMessages: boolean
  delExternal: boolean
  editInternal: boolean
  delInternal: boolean
  newsletter: boolean
}

/** A connector on a line. `id` is `<connector>|<line>`. */
export type Channel = {
  id: string
  connector: string
  line: number
  active: boolean
  connection: boolean
  registered: boolean
  error: boolean
  data: Record<string, unknown> | null
}

/** Who writes from outside. `id` is `<connector>|<user.id>`. */
export type Guest = {
  id: string
  /** His number among the portal's users. */
  userId: number
  externalId: string
  name: string
  lastName: string
  phone: string
  email: string
  picture: string | null
  url: string | null
  gender: string
}

export type CrmType = 'LEAD' | 'DEAL' | 'CONTACT' | 'COMPANY'
export type Bindings = Record<CrmType, number>

/** A conversation on a line. */
export type Dialog = {
  id: number
  connector: string
  line: number
  externalChat: string
  guestId: string
  guestUserId: number
  name: string
  crm: Bindings
  /** The running session, or the last one. */
  sessionId: number
  ownerId: number
  members: number[]
  silent: boolean
  pinned: boolean
  at: number
}

export type Session = {
  id: number
  chatId: number
  line: number
  connector: string
  operatorId: number
  status: 'new' | 'answered' | 'closed' | 'spam'
  awaitsVote: boolean
  vote: 'like' | 'dislike' | null
  headVote: number
  startedAt: number
  closedAt: number | null
}

/** `client`: from outside; `operator`: an employee; `system`: the line. */
export type Bubble = {
  id: number
  chatId: number
  sessionId: number
  from: 'client' | 'operator' | 'system'
  /** 0: the line itself. */
  authorId: number
  text: string
  files: number[]
  /** connectorMid: what connects it with the message outside. */
  externalIds: string[]
  /** Goes to the client: an event was due for it. */
  isOut: boolean
  delivery: 'none' | 'waiting' | 'delivered'
  disableCrm: boolean
  at: number
  editedAt: number | null
  deletedAt: number | null
}

export type PortalFile = {
  id: number
  /** Its short address: `/~Ab12C`. */
  short: string
  sign: string
  name: string
  mime: string
  kind: 'image' | 'video' | 'audio' | 'file'
  size: number
  width: number | null
  height: number | null
  chatId: number | null
}

export type Handler = {
  id: number
  clientId: string
  event: string
  handler: string
  /** Whose rights; 0: of whoever caused it. */
  authType: number
  offline: boolean
  connector: string
}

export type OfflineEvent = {
  id: number
  clientId: string
  event: string
  data: unknown
  at: number
  messageId: string
  processId: string | null
  isError: boolean
  /** What makes a later one replace it. */
  key: string
}

export type Placement = {
  id: number
  clientId: string
  placement: string
  handler: string
  title: string
  description: string
  group: string
  langAll: Record<string, unknown>
  options: Record<string, unknown>
  userId: number
}

/** A way to reach somebody: phone, mail. */
export type Fm = { id: number; typeId: string; valueType: string; value: string }

/** Anything in the CRM. `id` is `<entityTypeId>:<number>`. */
export type Item = { id: string; typeId: number; number: number; fields: Record<string, unknown>; fm: Fm[] }

export type CrmStatus = {
  id: number
  entityId: string
  statusId: string
  name: string
  sort: number
  semantics: 'S' | 'F' | null
  color: string
  system: boolean
}
export type Category = { id: number; entityTypeId: number; name: string; sort: number; isDefault: boolean }

/** Something in the timeline of a CRM card. */
export type Activity = {
  id: number
  kind: 'comment' | 'log' | 'configurable' | 'call' | 'sms' | 'chat'
  typeId: number
  number: number
  /** More cards that show it. */
  bindings: { typeId: number; number: number }[]
  clientId: string | null
  authorId: number
  title: string
  text: string
  completed: boolean
  incoming: boolean
  fields: Record<string, unknown>
  layout: Record<string, unknown> | null
  files: number[]
  at: number
}

export type Robot = {
  /** `<client_id>|<CODE>` */
  id: string
  clientId: string
  code: string
  fields: Record<string, unknown>
}

/** A robot that was started on a card and, when it waits, has not answered. `id` is its event_token. */
export type RobotRun = {
  id: string
  clientId: string
  code: string
  document: string
  waits: boolean
  answer: Record<string, unknown> | null
  log: string[]
  at: number
  answeredAt: number | null
}

export type Sender = { id: string; clientId: string; code: string; name: string; handler: string; description: string }
export type Sms = {
  id: string
  sender: string
  clientId: string
  to: string
  text: string
  status: string
  typeId: number
  number: number
  at: number
}

export type CallRow = {
  id: string
  userId: number
  phone: string
  type: string
  line: string
  externalId: string
  show: boolean
  entityType: string
  entityId: number
  startedAt: number
  finished: Record<string, unknown> | null
  record: string | null
  activityId: number | null
  addToChat: boolean
}

export type Notice = {
  id: number
  userId: number
  type: 'personal' | 'system'
  text: string
  tag: string
  subTag: string
  clientId: string
  at: number
}

/** A request that reached the portal or the OAuth host. */
export type Got = {
  id: number
  at: number
  method: string
  clientId: string | null
  userId: number | null
  params: unknown
  status: number
  error: string | null
  answered: boolean
  /** Inside a batch. */
  inBatch: boolean
}

/** An event that was due. */
export type Told = {
  id: number
  at: number
  event: string
  clientId: string
  handler: string
  body: string
  /** What the handler answered; 0: nothing, null: it was lost on the way. */
  status: number | null
  ms: number
}
