/** Templates, reading, files, and the partner's account calls: reference/gupshup.md §2 to §4. */
import { businessReads } from '../conduct.ts'
import { bodyFields, bodyForm, json } from '../lib/http.ts'
import { ALLOWED_MIMES, maxSize, saveMedia } from '../media.ts'
import type { GupshupNumber } from '../model.ts'
import type { Call, Handled } from '../provider.ts'
import { textOf } from '../lib/fields.ts'
import { templatesOf } from '../kept-templates.ts'
import { gupshupTemplateId, metaTemplateId, rendered, variablesOf } from '../templates.ts'
import type { Template } from '../model.ts'
import { refused, success } from './answers.ts'

type GupshupCall = Call<GupshupNumber>

export function listTemplates({ sim, number }: GupshupCall): Handled {
  return success({ templates: templatesOf(sim, number.id).map((template) => templateNode(number, template)) })
}

export function templateNode(number: GupshupNumber, template: Template): object {
  const { name, language, category, status, header, body, footer, buttons, samples } = template
  const example = rendered(body, new Map(variablesOf(body).map((variable, index) => [variable, samples[index] ?? ''])))
  const titles = buttons.map(({ title }) => `[${title}]`).join(' | ')
  const container = {
    appId: number.id,
    data: body,
    header: header?.text,
    footer,
    sampleText: example,
    buttons: buttons.map(({ title, url }) =>
      url === undefined ? { type: 'QUICK_REPLY', text: title } : { type: 'URL', text: title, url },
    ),
  }
  return {
    id: gupshupTemplateId(number.id, template),
    elementName: name,
    languageCode: language,
    category,
    templateType: header === null || header.format === 'TEXT' ? 'TEXT' : header.format,
    status,
    data: titles === '' ? body : `${body} | ${titles}`,
    meta: JSON.stringify({ example }),
    containerMeta: JSON.stringify(container),
    buttonSupported: buttons.length > 0 ? 'QR' : '',
    quality: template.quality ?? 'UNKNOWN',
    ...(template.reason !== undefined && { rejectedReason: template.reason }),
    externalId: metaTemplateId(number.wabaId, template),
    namespace: 'b3f2_sim',
    createdOn: 1763000000000,
    modifiedOn: 1763000000000,
  }
}

/** `PUT /wa/app/{appId}/msg/{msgId}/read`: empty body, empty answer. */
export function markRead({ sim, number, names }: GupshupCall): Handled {
  const message = sim.world.messageOf(names.msgId ?? '')
  if (message?.direction !== 'in' || message.numberId !== number.id) return refused(404, 'Message not found', { what: 'read' })
  businessReads(sim, number, message)
  const note = { what: 'read', phone: message.customer, providerId: message.id, processed: true } as const
  return { reply: { status: 202, body: '' }, note }
}

/** The partner's passthrough in Meta's words, for "mark as read" (§13). Messages by it are not simulated. */
export function passthrough(call: GupshupCall): Handled {
  const body = bodyFields(call.asked)
  if (body?.status !== 'read') return refused(403, 'v3 messages are not enabled for this app')
  const done = markRead({ ...call, names: { msgId: textOf(body.message_id) ?? '' } })
  return done.reply.status === 202 ? { ...done, reply: json(200, { success: true }) } : done
}

/** `POST /wa/{appId}/wa/media/` and the partner's `/app/{id}/media`. */
export async function uploadMedia({ sim, number, asked }: GupshupCall): Promise<Handled> {
  const form = await bodyForm(asked)
  const file = form?.get('file')
  if (!file || typeof file === 'string') return refused(400, 'file is required', { what: 'media' })
  const given = form?.get('file_type')
  const mime = (typeof given === 'string' && given !== '' ? given : file.type).split(';')[0] ?? ''
  if (!ALLOWED_MIMES.includes(mime) || file.size === 0 || file.size > maxSize(mime))
    return refused(400, 'Invalid file', { what: 'media' })
  const media = saveMedia(sim, number.id, new Uint8Array(await file.arrayBuffer()), mime, file.name || null)
  return {
    reply: json(200, { status: 'success', mediaId: media.id }),
    note: { what: 'media', providerId: media.id, processed: true },
  }
}

/** Bytes of a file: for partners by id, for everyone at the file manager, which asks for no key. */
export function mediaBytes({ sim, number, names }: GupshupCall): Handled {
  const media = sim.world.media.get(names.mediaId ?? '')
  const bytes = media && sim.journal.readFile(media.id)
  if (!media || !bytes || media.numberId !== number.id) return refused(404, 'Media not found', { what: 'media' })
  const headers = { 'content-type': media.mime, 'content-length': String(bytes.byteLength) }
  return { reply: { status: 200, headers, body: bytes }, note: { what: 'media', providerId: media.id, processed: true } }
}

/** `GET …/business/profile`. An app in the sandbox has none (docs: "App Not Live"). */
export function readProfile({ number }: GupshupCall): Handled {
  if (number.told?.sandbox === true) return refused(400, 'App Not Live')
  const { about: _about, photo: _photo, ...profile } = number.profile ?? {}
  return success({ profile })
}

const PROFILE = ['address', 'desc', 'profileEmail', 'vertical', 'website1', 'website2'] as const
const ADDRESS = ['addLine1', 'addLine2', 'city', 'state', 'pinCode', 'country'] as const

/** `PUT …/business/profile`: the lines of the address come back as one. */
export async function writeProfile({ sim, number, asked }: GupshupCall): Promise<Handled> {
  if (number.told?.sandbox === true) return refused(400, 'App Not Live')
  const form = await bodyForm(asked)
  const given = (name: string) => {
    const value = form?.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const [email, desc] = [given('profileEmail') ?? '', given('desc') ?? '']
  if (email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) return refused(400, 'Please provide valid details')
  if (desc.length > 512) return refused(400, 'Please provide valid details')
  const sites = [given('website1'), given('website2')].filter(Boolean)
  if (sites.some((site) => !/^https?:\/\//.test(site ?? ''))) return refused(400, 'Please provide valid details')
  const lines = ADDRESS.map(given).filter(Boolean)
  const told = PROFILE.flatMap((name) => {
    const value = name === 'address' ? (lines.length > 0 ? lines.join(', ') : undefined) : given(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const profile = { ...number.profile, ...Object.fromEntries(told) }
  sim.world.record({ t: 'number', number: { ...number, profile } })
  return success({ profile })
}

export function readAbout({ number }: GupshupCall): Handled {
  if (number.told?.sandbox === true) return refused(400, 'App Not Live')
  return success({ about: { message: number.profile?.about ?? '' } })
}

export async function writeAbout({ sim, number, asked }: GupshupCall): Promise<Handled> {
  if (number.told?.sandbox === true) return refused(400, 'app is not live')
  const about = (await bodyForm(asked))?.get('about')
  if (typeof about !== 'string' || about === '' || about.length > 139) return refused(400, 'Please provide valid details')
  sim.world.record({ t: 'number', number: { ...number, profile: { ...number.profile, about } } })
  return success({ about: { message: about } })
}

export function readPhoto({ number, asked }: GupshupCall): Handled {
  const photo = number.profile?.photo
  if (photo === undefined) return refused(400, "profile photo doesn't exist")
  return success({ message: `${asked.origin}/gupshup/filemanager/wa/${number.id}/wa/media/${photo}` })
}

/** `PUT …/business/profile/photo`: multipart `image`, JPEG or PNG. */
export async function writePhoto({ sim, number, asked }: GupshupCall): Promise<Handled> {
  if (number.told?.sandbox === true) return refused(400, 'App Not Live')
  const file = (await bodyForm(asked))?.get('image')
  if (!file || typeof file === 'string' || !['image/jpeg', 'image/png'].includes(file.type))
    return refused(400, 'Invalid image', { what: 'media' })
  const media = saveMedia(sim, number.id, new Uint8Array(await file.arrayBuffer()), file.type, null)
  sim.world.record({ t: 'number', number: { ...number, profile: { ...number.profile, photo: media.id } } })
  return success({ message: 'profile picture updated successfully' })
}

export function business({ number }: GupshupCall): Handled {
  return success({ profile: { name: number.name, about: 'Simulado' } })
}

export function walletBalance({ number }: GupshupCall): Handled {
  const currentBalance = number.told?.balance ?? 12.34
  return success({ walletResponse: { currency: 'USD', currentBalance, overDraftLimit: -20 } })
}

/** What the app was billed, day by day; here one day. */
export function usage({ number }: GupshupCall): Handled {
  const { id: appId, appName } = number
  return success({ partnerAppUsageList: [{ date: '2026-11-01', appId, appName, currency: 'USD', totalMsg: 0, totalFees: 0 }] })
}

export function wabaInfo({ number }: GupshupCall): Handled {
  if (number.told?.sandbox === true) return refused(400, 'App is not live.')
  const state = {
    accountStatus: 'ACTIVE',
    dockerStatus: 'CONNECTED',
    messagingLimit: number.told?.limit ?? 'TIER_2K',
    mmLiteStatus: 'ONBOARDED',
    ownershipType: 'CLIENT_OWNED',
  }
  const about = {
    phone: number.phone,
    phoneQuality: number.told?.quality ?? 'GREEN',
    throughput: 'STANDARD',
    verifiedName: number.name,
    wabaId: number.wabaId,
    timezone: 'America/Guayaquil',
  }
  return success({ wabaInfo: { ...state, ...about, canSendMessage: 'AVAILABLE', errors: [], additionalInfo: [] } })
}

export function appHealth(): Handled {
  return success({ healthy: 'true' })
}

/** The app's token: in this world the same as its key, so that both ways in work. */
export function appToken({ number }: GupshupCall): Handled {
  const token = {
    token: number.apiKey,
    authoriserId: number.id,
    requestorId: 'partner',
    createdOn: 1763000000000,
    modifiedOn: 1763000000000,
  }
  return success({ token: { ...token, expiresOn: 0, active: true } })
}
