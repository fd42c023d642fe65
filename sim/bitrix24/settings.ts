/** What a portal is and how it behaves: all of it may be changed by command. */

/** How a portal is and behaves. */
export type Settings = {
  /** Life of access tokens, in seconds. */
  tokenLifeS: number
  refreshLifeDays: number
  /** A rotated refresh token is taken once more for so long. The real one is not known to. */
  refreshGraceS: number
  bucketSize: number
  bucketDrainPerS: number
  operatingLimitS: number
  operatingCostS: number
  /** What one call of a method costs. */
  operatingCosts: Record<string, number>
  /** Messages put in an employee's name come back as events. */
  echo: boolean
  /** Lists in events have keys with gaps. */
  gaps: boolean
  /** ONAPPINSTALL comes so late, in milliseconds; null: when the application is asked to finish. */
  installEventMs: number
  /** Every event waits so long. */
  eventMs: number
  signatureStyle: 'both' | 'space-before' | 'space-after'
  /** 1: with leads; 2: without. */
  crmMode: 1 | 2
  offlineExtended: boolean
  /** A plan without REST. */
  isFree: boolean
  isDeleted: boolean
  /** Nobody answers. */
  isAway: boolean
  /** Blocked by hand: OVERLOAD_LIMIT. */
  isOverloaded: boolean
  isMobile: boolean
  /** Methods that ask the administrator first. */
  confirm: Record<string, 'waiting' | 'denied' | 'confirmed'>
  /** The secret of an incoming webhook of the administrator; empty: there is none. */
  webhook: string
  modules: { imconnector: boolean; bizproc: boolean }
}

export type PortalRow = {
  /** member_id */
  id: string
  name: string
  /** host:port */
  domain: string
  port: number
  oldPorts: number[]
  lang: string
  license: string
  settings: Settings
}
