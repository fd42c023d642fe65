/** The rows of contract/privacy.ts, apart from the first load. Held against the contract with the others. */
import type * as privacy from '#contract/privacy.ts'
import { row } from './row.ts'

export const getPrivacy = row<typeof privacy.getPrivacy>('GET', '/privacy')
export const publishNotice = row<typeof privacy.publishNotice>('POST', '/privacy/notices')
export const changePrivacy = row<typeof privacy.changePrivacy>('PUT', '/privacy')
export const listPrivacyRequests = row<typeof privacy.listPrivacyRequests>('GET', '/privacy/requests')
export const listContactRequests = row<typeof privacy.listContactRequests>('GET', '/contacts/:contactId/privacy-requests')
export const addPrivacyRequest = row<typeof privacy.addPrivacyRequest>('POST', '/contacts/:contactId/privacy-requests')
export const settlePrivacyRequest = row<typeof privacy.settlePrivacyRequest>('PUT', '/privacy/requests/:privacyRequestId')
export const exportContact = row<typeof privacy.exportContact>('GET', '/contacts/:contactId/data')
