/** The portal is told what became of what it asked for; what did not go stands in the card's timeline, in words. */
import { isFailureCode, type FailureText } from '#contract/failures.ts'
import { FAILURES_EN } from '#contract/failures/en.ts'
import { FAILURES_ES } from '#contract/failures/es.ts'
import { FAILURES_PT } from '#contract/failures/pt.ts'
import type { Language } from '#contract/ids.ts'
import type { Env } from '../../lib/env.ts'
import { log } from '../../lib/log.ts'
import { databaseOf } from '../../lib/sql.ts'
import { callPortal } from '../call-portal.ts'
import type { Wanted } from '../call-queue.ts'
import { waitOf } from '../card/card-numbers.ts'
import { TYPES } from '../card/card.ts'
import { robotStatus, smsStatus } from './deed.ts'
import * as store from './deeds.store.ts'

/** How a step of a deed comes out, as jobs do. `afterS`: when it is worth another look. */
export type Step = { done: true } | { done: false; again: boolean; code: string; afterS?: number | undefined }

const TEXTS = { es: FAILURES_ES, en: FAILURES_EN, pt: FAILURES_PT }
const WORDS: Record<Language, { notSent: string; waits: string; status: (status: string) => string }> = {
  es: {
    notSent: 'WhatsApp no enviado',
    waits: 'El mensaje espera: el número está en pausa o sin conexión. Saldrá solo cuando vuelva.',
    status: (status) => `WhatsApp: ${status}`,
  },
  en: {
    notSent: 'WhatsApp not sent',
    waits: 'The message waits: the number is paused or not connected. It goes by itself when it is back.',
    status: (status) => `WhatsApp: ${status}`,
  },
  pt: {
    notSent: 'WhatsApp não enviado',
    waits: 'A mensagem espera: o número está em pausa ou sem conexão. Sairá sozinha quando ele voltar.',
    status: (status) => `WhatsApp: ${status}`,
  },
}

/** Tells what there is to tell. `late`: whoever waits has waited long enough. */
export async function tellDeed(env: Env, accountId: string, deed: store.DeedNow, late: boolean, last: boolean): Promise<Step> {
  const { id, kind, state, told, portal, body } = deed
  const status = state === 'refused' ? 'failed' : deed.message?.status
  const code = deed.problem ?? deed.message?.code ?? null
  if (status === undefined) return { done: true }
  const next = kind === 'sms' ? smsStatus(status, code, told) : told === null ? robotStatus(status, late) : null
  if (next === null) return { done: true }
  const words = next === 'queued' ? WORDS[deed.language].waits : failureOf(code, deed.language)
  const isFailure = ['failed', 'undelivered', 'unconfirmed', 'discarded'].includes(next)
  // A workflow that does not wait has no answer of its own: its failure is in the timeline alone.
  const wanted = kind === 'sms' ? statusOf(deed, next) : body.waits ? answerOf(deed, next, words) : null
  const called = wanted && (await callPortal(env, portal, { ...wanted, priority: 'status', order: id, isRepeatable: true }))
  const waitS = called && !called.ok ? waitOf(called) : null
  if (called && !called.ok && waitS !== null && !last)
    return { done: false, again: true, code: 'deed_portal_away', afterS: waitS }
  await store.deedTold(databaseOf(env), accountId, id, next, called && !called.ok ? called.code : null)
  if (isFailure) await note(env, deed, words)
  return { done: true }
}

function answerOf({ id, key, language }: store.DeedNow, status: string, words: string): Pick<Wanted, 'method' | 'params'> {
  const error = words === '' ? {} : { error: words }
  const log_message = words || WORDS[language].status(status)
  return {
    method: 'bizproc.event.send',
    params: { event_token: key, return_values: { status, message_id: id, error: '', ...error }, log_message },
  }
}

function statusOf({ code, key }: store.DeedNow, status: string): Pick<Wanted, 'method' | 'params'> {
  return { method: 'messageservice.message.status.update', params: { CODE: code, MESSAGE_ID: key, STATUS: status } }
}

/** Where the employee looks: in the card that it was asked from. */
async function note(env: Env, { portal, body, language, id }: store.DeedNow, text: string): Promise<void> {
  if (!body.card) return
  const fields = {
    ...{ entityTypeId: TYPES[body.card.entity], entityId: body.card.id, iconCode: 'info' },
    ...{ title: WORDS[language].notSent, text: text || WORDS[language].notSent },
  }
  const wanted = { method: 'crm.timeline.logmessage.add', params: { fields }, priority: 'sync', order: id } as const
  const called = await callPortal(env, portal, wanted)
  if (!called.ok) log('warn', { event: 'portal_note_failed', code: called.code })
}

function failureOf(code: string | null, language: Language): string {
  if (code === null || !isFailureCode(code)) return code ?? ''
  const { cause, nextStep }: FailureText = TEXTS[language][code]
  return `${cause} ${nextStep}`
}
