/**
 * The rows of the contract that the app calls, without their schemas: the types come from #contract at compile time and
 * zod stays off the phone. endpoints.test.ts holds every row against the contract. What the first load calls is in
 * first-endpoints.ts, so that the other rows come later.
 */
import type * as audit from '#contract/audit.ts'
import type * as backups from '#contract/backups.ts'
import type * as portalCard from '#contract/portal-card.ts'
import type * as bulk from '#contract/bulk.ts'
import type * as changes from '#contract/changes.ts'
import type * as channelCare from '#contract/channel-care.ts'
import type * as channelProvider from '#contract/channel-provider.ts'
import type * as channelSettings from '#contract/channel-settings.ts'
import type * as channels from '#contract/channels.ts'
import type * as clients from '#contract/clients.ts'
import type * as consents from '#contract/consents.ts'
import type * as contacts from '#contract/contacts.ts'
import type * as dashboard from '#contract/dashboard.ts'
import type * as desk from '#contract/desk.ts'
import type * as guard from '#contract/guard.ts'
import type * as inbox from '#contract/inbox.ts'
import type * as media from '#contract/media.ts'
import type * as mentions from '#contract/mentions.ts'
import type * as metrics from '#contract/metrics.ts'
import type * as labels from '#contract/labels.ts'
import type * as nodes from '#contract/nodes.ts'
import type * as people from '#contract/people.ts'
import type * as push from '#contract/push.ts'
import type * as quickReplies from '#contract/quick-replies.ts'
import type * as rules from '#contract/rules.ts'
import type * as session from '#contract/session.ts'
import type * as phoneContacts from '#contract/phone-contacts.ts'
import type * as sessions from '#contract/sessions.ts'
import type * as templates from '#contract/templates.ts'
import type * as trace from '#contract/trace.ts'
import type * as uptime from '#contract/uptime.ts'
import { row } from './row.ts'

export * from './first-endpoints.ts'

export const changeLanguage = row<typeof session.changeLanguage>('PUT', '/session/language')

export const signUp = row<typeof session.signUp>('POST', '/account')
export const readLink = row<typeof session.readLink>('GET', '/links/:token')
export const useLink = row<typeof session.useLink>('POST', '/links/:token')
export const changePassword = row<typeof session.changePassword>('PUT', '/session/password')
export const listDevices = row<typeof session.listDevices>('GET', '/session/devices')
export const endDevice = row<typeof session.endDevice>('DELETE', '/session/devices/:sessionId')
export const endOtherDevices = row<typeof session.endOtherDevices>('DELETE', '/session/devices')
export const listFactors = row<typeof session.listFactors>('GET', '/session/factors')
export const beginTotp = row<typeof session.beginTotp>('POST', '/session/factors/totp')
export const confirmTotp = row<typeof session.confirmTotp>('PUT', '/session/factors/totp')
export const removeTotp = row<typeof session.removeTotp>('POST', '/session/factors/totp/removal')
export const beginPasskey = row<typeof session.beginPasskey>('POST', '/session/passkeys/challenge')
export const addPasskey = row<typeof session.addPasskey>('POST', '/session/passkeys')
export const removePasskey = row<typeof session.removePasskey>('DELETE', '/session/passkeys/:passkeyId')
export const beginPasskeySignIn = row<typeof session.beginPasskeySignIn>('POST', '/session/passkey/challenge')
export const signInWithPasskey = row<typeof session.signInWithPasskey>('POST', '/session/passkey')

export const openChat = row<typeof inbox.openChat>('POST', '/chats')
export const searchMessages = row<typeof inbox.searchMessages>('GET', '/messages')
export const editMessage = row<typeof changes.editMessage>('PUT', '/messages/:messageId/text')
export const revokeMessage = row<typeof changes.revokeMessage>('DELETE', '/messages/:messageId')
export const reactToMessage = row<typeof inbox.reactToMessage>('PUT', '/messages/:messageId/reaction')
export const retryMessage = row<typeof inbox.retryMessage>('POST', '/messages/:messageId/retry')
export const discardMessage = row<typeof inbox.discardMessage>('POST', '/messages/:messageId/discard')
export const markRead = row<typeof inbox.markRead>('POST', '/chats/:chatId/read')

export const beginUpload = row<typeof media.beginUpload>('POST', '/uploads')
export const finishUpload = row<typeof media.finishUpload>('POST', '/uploads/:uploadId/finish')
export const dropUpload = row<typeof media.dropUpload>('DELETE', '/uploads/:uploadId')
export const fetchMedia = row<typeof media.fetchMedia>('POST', '/media/:mediaId/fetch')

export const addChannel = row<typeof channels.addChannel>('POST', '/channels')
export const changeChannel = row<typeof channels.changeChannel>('PATCH', '/channels/:channelId')
export const pauseChannel = row<typeof channels.pauseChannel>('PUT', '/channels/:channelId/pause')
export const checkChannel = row<typeof channels.checkChannel>('POST', '/channels/:channelId/check')

export const getGuard = row<typeof guard.getGuard>('GET', '/channels/:channelId/guard')
export const getUptime = row<typeof uptime.getUptime>('GET', '/channels/:channelId/uptime')
export const changeGuard = row<typeof guard.changeGuard>('PUT', '/channels/:channelId/guard')
export const addSession = row<typeof sessions.addSession>('POST', '/sessions')
export const watchTyping = row<typeof sessions.watchTyping>('GET', '/chats/:chatId/typing')
export const watchSession = row<typeof sessions.watchSession>('GET', '/channels/:channelId/session')
export const listSessionNodes = row<typeof nodes.listSessionNodes>('GET', '/session-nodes')
export const addSessionNode = row<typeof nodes.addSessionNode>('POST', '/session-nodes')
export const revokeSessionNode = row<typeof nodes.revokeSessionNode>('DELETE', '/session-nodes/:nodeId')
export const placeSession = row<typeof nodes.placeSession>('PUT', '/channels/:channelId/session/place')
export const exportSession = row<typeof backups.exportSession>('POST', '/channels/:channelId/session/export')
export const importSession = row<typeof backups.importSession>('POST', '/channels/:channelId/session/import')
export const linkSession = row<typeof sessions.linkSession>('POST', '/channels/:channelId/session/link')
export const reconnectSession = row<typeof sessions.reconnectSession>('POST', '/channels/:channelId/session/reconnect')
export const unlinkSession = row<typeof sessions.unlinkSession>('POST', '/channels/:channelId/session/unlink')
export const listPhoneContacts = row<typeof phoneContacts.listPhoneContacts>('GET', '/channels/:channelId/phone-contacts')
export const settlePhoneContacts = row<typeof phoneContacts.settlePhoneContacts>('PUT', '/channels/:channelId/phone-contacts')
export const setPhoneContacts = row<typeof phoneContacts.setPhoneContacts>('PUT', '/channels/:channelId/phone-contacts/way')
export const readPhoneContacts = row<typeof phoneContacts.readPhoneContacts>('POST', '/channels/:channelId/phone-contacts/read')
export const importPast = row<typeof sessions.importPast>('PUT', '/channels/:channelId/session/past')
export const fillGaps = row<typeof sessions.fillGaps>('POST', '/channels/:channelId/session/gaps')
export const inviteToLink = row<typeof sessions.inviteToLink>('POST', '/channels/:channelId/session/invitation')
export const watchInvitation = row<typeof sessions.watchInvitation>('GET', '/link-invitations/:token')
export const linkInvited = row<typeof sessions.linkInvited>('POST', '/link-invitations/:token')
export const askProvider = row<typeof channelProvider.askProvider>('GET', '/channels/:channelId/provider')
export const connectHook = row<typeof channelProvider.connectHook>('PUT', '/channels/:channelId/hook')
export const changePhoto = row<typeof channelProvider.changePhoto>('PUT', '/channels/:channelId/photo')
export const setLowCredit = row<typeof channelProvider.setLowCredit>('PUT', '/channels/:channelId/low-credit')
export const changeKey = row<typeof channelProvider.changeKey>('PUT', '/channels/:channelId/key')
export const changeProfile = row<typeof channelProvider.changeProfile>('PUT', '/channels/:channelId/profile')
export const getChannelOwn = row<typeof channelSettings.getChannelOwn>('GET', '/channels/:channelId/settings')
export const changeChannelHours = row<typeof channelSettings.changeChannelHours>('PUT', '/channels/:channelId/hours')
export const changeChannelTexts = row<typeof channelSettings.changeChannelTexts>('PUT', '/channels/:channelId/texts')
export const changeDepartmentTexts = row<typeof channelSettings.changeDepartmentTexts>('PUT', '/departments/:departmentId/texts')

export const getChannelHealth = row<typeof channelCare.getChannelHealth>('GET', '/channel-health')
export const listOutages = row<typeof channelCare.listOutages>('GET', '/outages')
export const listUnseenOutages = row<typeof channelCare.listUnseenOutages>('GET', '/outages/unseen')
export const seeOutages = row<typeof channelCare.seeOutages>('PUT', '/outages/seen')
export const pauseChannels = row<typeof channelCare.pauseChannels>('POST', '/channels/pauses')
export const archiveChannels = row<typeof channelCare.archiveChannels>('POST', '/channels/archives')
export const moveChannels = row<typeof channelCare.moveChannels>('POST', '/channels/departments')
export const staffChannels = row<typeof channelCare.staffChannels>('POST', '/channels/people')

export const getTrace = row<typeof trace.getTrace>('GET', '/messages/:messageId/trace')
export const listLog = row<typeof trace.listLog>('GET', '/log')
export const listDeadLetters = row<typeof trace.listDeadLetters>('GET', '/dead-letters')
export const settleDeadLetter = row<typeof trace.settleDeadLetter>('POST', '/dead-letters/:deadLetterId/settle')

export const listPeople = row<typeof people.listPeople>('GET', '/people')
export const invitePerson = row<typeof people.invitePerson>('POST', '/people')
export const changePerson = row<typeof people.changePerson>('PATCH', '/people/:personId')
export const deactivatePerson = row<typeof people.deactivatePerson>('PUT', '/people/:personId/deactivation')
export const reactivatePerson = row<typeof people.reactivatePerson>('DELETE', '/people/:personId/deactivation')
export const makeLink = row<typeof people.makeLink>('POST', '/people/:personId/link')
export const listDevicesOf = row<typeof people.listDevicesOf>('GET', '/people/:personId/devices')
export const endDeviceOf = row<typeof people.endDeviceOf>('DELETE', '/people/:personId/devices/:sessionId')

export const listRoles = row<typeof people.listRoles>('GET', '/roles')
export const addRole = row<typeof people.addRole>('POST', '/roles')
export const applyRoles = row<typeof people.applyRoles>('PUT', '/roles')
export const archiveRole = row<typeof people.archiveRole>('PUT', '/roles/:roleId/archive')

export const listDepartments = row<typeof people.listDepartments>('GET', '/departments')
export const addDepartment = row<typeof people.addDepartment>('POST', '/departments')
export const changeDepartment = row<typeof people.changeDepartment>('PATCH', '/departments/:departmentId')
export const listChannelPeople = row<typeof people.listChannelPeople>('GET', '/channel-people')
export const changeChannelPeople = row<typeof people.changeChannelPeople>('PUT', '/channels/:channelId/people')

export const listAudit = row<typeof audit.listAudit>('GET', '/audit')
export const exportAudit = row<typeof audit.exportAudit>('GET', '/audit/export')
export const checkAudit = row<typeof audit.checkAudit>('GET', '/audit/chain')
export const listApiKeys = row<typeof audit.listApiKeys>('GET', '/api-keys')
export const addApiKey = row<typeof audit.addApiKey>('POST', '/api-keys')
export const revokeApiKey = row<typeof audit.revokeApiKey>('DELETE', '/api-keys/:apiKeyId')
export const changeAccount = row<typeof audit.changeAccount>('PATCH', '/account')

export const listColleagues = row<typeof desk.listColleagues>('GET', '/colleagues')
export const assignChat = row<typeof desk.assignChat>('PUT', '/chats/:chatId/assignee')
export const closeChat = row<typeof desk.closeChat>('PUT', '/chats/:chatId/state')
export const settleChat = row<typeof desk.settleChat>('PUT', '/chats/:chatId/settled')
export const requestTransfer = row<typeof desk.requestTransfer>('POST', '/chats/:chatId/transfers')
export const listTransfers = row<typeof desk.listTransfers>('GET', '/transfers')
export const decideTransfer = row<typeof desk.decideTransfer>('PUT', '/transfers/:transferId/decision')
export const cancelTransfer = row<typeof desk.cancelTransfer>('DELETE', '/transfers/:transferId')
export const assignChats = row<typeof bulk.assignChats>('POST', '/chats/assignments')
export const labelChats = row<typeof bulk.labelChats>('POST', '/chats/labels')
export const closeChats = row<typeof bulk.closeChats>('POST', '/chats/states')
export const settleChats = row<typeof bulk.settleChats>('POST', '/chats/settlements')

export const addQuickReply = row<typeof quickReplies.addQuickReply>('POST', '/quick-replies')
export const changeQuickReply = row<typeof quickReplies.changeQuickReply>('PATCH', '/quick-replies/:quickReplyId')
export const fillQuickReply = row<typeof quickReplies.fillQuickReply>('GET', '/chats/:chatId/quick-replies/:quickReplyId')

export const syncTemplates = row<typeof templates.syncTemplates>('POST', '/channels/:channelId/templates/sync')
export const addTemplate = row<typeof templates.addTemplate>('POST', '/channels/:channelId/templates')
export const changeTemplate = row<typeof templates.changeTemplate>('PATCH', '/templates/:templateId')
export const submitTemplate = row<typeof templates.submitTemplate>('POST', '/templates/:templateId/submit')
export const removeTemplate = row<typeof templates.removeTemplate>('DELETE', '/templates/:templateId')
export const listManagedLabels = row<typeof labels.listManagedLabels>('GET', '/labels/managed')
export const addLabel = row<typeof labels.addLabel>('POST', '/labels')
export const changeLabel = row<typeof labels.changeLabel>('PATCH', '/labels/:labelId')
export const labelChat = row<typeof labels.labelChat>('PUT', '/chats/:chatId/labels/:labelId')
export const labelMessage = row<typeof labels.labelMessage>('PUT', '/messages/:messageId/labels/:labelId')

export const listMentionable = row<typeof mentions.listMentionable>('GET', '/chats/:chatId/mentionable')

export const getDashboard = row<typeof dashboard.getDashboard>('GET', '/dashboard')
export const listRules = row<typeof rules.listRules>('GET', '/rules')
export const saveRule = row<typeof rules.saveRule>('PUT', '/rules/assignment')
export const archiveRule = row<typeof rules.archiveRule>('DELETE', '/rules/assignment/:ruleId')
export const tryRules = row<typeof rules.tryRules>('POST', '/rules/trial')
export const saveTransferRules = row<typeof rules.saveTransferRules>('PUT', '/rules/transfers')
export const setCapacity = row<typeof rules.setCapacity>('PUT', '/people/:personId/capacity')
export const setPresence = row<typeof rules.setPresence>('PUT', '/presence')
export const getMetrics = row<typeof metrics.getMetrics>('GET', '/metrics')

export const listContacts = row<typeof contacts.listContacts>('GET', '/contacts')
export const getContact = row<typeof contacts.getContact>('GET', '/contacts/:contactId')
export const addContact = row<typeof contacts.addContact>('POST', '/contacts')
export const changeContact = row<typeof contacts.changeContact>('PATCH', '/contacts/:contactId')
export const archiveContact = row<typeof contacts.archiveContact>('PUT', '/contacts/:contactId/archive')
export const mergeContacts = row<typeof contacts.mergeContacts>('POST', '/contacts/:contactId/merge')
export const listContactIssues = row<typeof contacts.listContactIssues>('GET', '/contact-issues')
export const settleContactIssue = row<typeof contacts.settleContactIssue>('PUT', '/contacts/:contactId/issues/:kind')
export const importContacts = row<typeof contacts.importContacts>('POST', '/contact-imports')
export const listContactImports = row<typeof contacts.listContactImports>('GET', '/contact-imports')
export const undoContactImport = row<typeof contacts.undoContactImport>('DELETE', '/contact-imports/:importId')
export const listConsents = row<typeof consents.listConsents>('GET', '/consents')
export const listContactConsents = row<typeof consents.listContactConsents>('GET', '/contacts/:contactId/consents')
export const setConsent = row<typeof consents.setConsent>('POST', '/contacts/:contactId/consents')
export const addConsent = row<typeof consents.addConsent>('POST', '/consents')
export const importConsents = row<typeof consents.importConsents>('POST', '/consent-imports')
export const getChannelConsent = row<typeof consents.getChannelConsent>('GET', '/channels/:channelId/consent')
export const changeChannelConsent = row<typeof consents.changeChannelConsent>('PUT', '/channels/:channelId/consent')
export const getClientSource = row<typeof clients.getClientSource>('GET', '/client-source')
export const changeClientSource = row<typeof clients.changeClientSource>('PUT', '/client-source')
export const testClientSource = row<typeof clients.testClientSource>('POST', '/client-source/test')
export const getClientOfContact = row<typeof clients.getClientOfContact>('GET', '/contacts/:contactId/client')
export const listClients = row<typeof clients.listClients>('GET', '/clients')
export const addClient = row<typeof clients.addClient>('POST', '/clients')
export const changeClient = row<typeof clients.changeClient>('PATCH', '/clients/:clientId')

export const getPush = row<typeof push.getPush>('GET', '/push')
export const postPushDevice = row<typeof push.postPushDevice>('PUT', '/push/device')
export const removePushDevice = row<typeof push.removePushDevice>('DELETE', '/push/devices/:pushDeviceId')
export const testPushDevice = row<typeof push.testPushDevice>('POST', '/push/devices/:pushDeviceId/test')
export const choosePush = row<typeof push.choosePush>('PUT', '/push/choice')

export const readPortalCard = row<typeof portalCard.readPortalCard>('POST', '/portal-card')
