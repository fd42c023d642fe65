import { session } from './api/session.ts'

/** Where the reader's company is: its days begin and end there, wherever the reader is. */
export const companyZone = (): string => {
  const now = session()
  return now.state === 'in' ? now.me.account.timeZone : 'UTC'
}
