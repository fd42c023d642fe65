/** Registering the numbers that exist in the simulated world. */
import { randomBytes, randomUUID } from 'node:crypto'
import { digitsOf, fieldsOf, textOf } from '../lib/fields.ts'
import { makeGraphId } from '../lib/ids.ts'
import type { GupshupNumber, HookNumber, MetaNumber, SessionNumber, SimNumber, Told } from '../model.ts'
import type { Sim } from '../sim.ts'

/** Adds a number, or changes the one with the same id: what is left out keeps its value, or gets a random one. */
export function registerNumber(sim: Sim, value: unknown): SimNumber | string {
  const given = fieldsOf(value)
  const phone = digitsOf(given.phone)
  const id = textOf(given.kind === 'gupshup' ? given.appId : given.phoneNumberId)
  const known = sim.world.numbers.get(id ?? '') ?? findNumber(sim, phone)
  if (given.kind === 'session') return sessionNumber(sim, given)
  const number =
    given.kind === 'gupshup' ? gupshupNumber(sim, given, known) : given.kind === 'meta' ? metaNumber(sim, given, known) : null
  if (!number) return 'kind must be "meta", "gupshup" or "session"'
  if (number.phone.length < 7) return 'phone is missing'
  if (given.hookUrl !== undefined && given.hookUrl !== null && number.hookUrl === null) return 'hookUrl is not an address'
  sim.world.record({ t: 'number', number })
  // What waited for an address may go now.
  sim.outbox.flush()
  return number
}

/** A number on an ordinary phone: it is there as soon as somebody has it. */
function sessionNumber(sim: Sim, given: ReturnType<typeof fieldsOf>): SessionNumber | string {
  const phone = digitsOf(given.phone)
  if (phone.length < 7) return 'phone is missing'
  if (!sim.web) return 'these simulators were started without WhatsApp Web'
  const before = sim.world.numbers.get(phone)
  const number: SessionNumber = {
    kind: 'session',
    id: phone,
    phone,
    name: textOf(given.name) ?? before?.name ?? 'Empresa de prueba',
  }
  sim.world.record({ t: 'number', number })
  return number
}

/** A number by its id, its phone (written anyhow) or its Gupshup app's name. */
export function findNumber(sim: Sim, wanted: unknown): SimNumber | undefined {
  const name = textOf(wanted)
  if (name === undefined) return undefined
  const digits = digitsOf(name)
  return (
    sim.world.numbers.get(name) ??
    [...sim.world.numbers.values()].find(
      (number) => number.phone === digits || (number.kind === 'gupshup' && number.appName === name),
    )
  )
}

function metaNumber(sim: Sim, given: ReturnType<typeof fieldsOf>, known: SimNumber | undefined): MetaNumber {
  const before = known?.kind === 'meta' ? known : undefined
  return {
    kind: 'meta',
    id: textOf(given.phoneNumberId) ?? before?.id ?? makeGraphId(),
    phone: digitsOf(given.phone) || (before?.phone ?? ''),
    name: textOf(given.name) ?? before?.name ?? 'Empresa de prueba',
    wabaId: textOf(given.wabaId) ?? before?.wabaId ?? makeGraphId(),
    accessToken: textOf(given.accessToken) ?? before?.accessToken ?? `EAA${randomBytes(40).toString('base64url')}`,
    appSecret: textOf(given.appSecret) ?? before?.appSecret ?? randomBytes(16).toString('hex'),
    verifyToken: textOf(given.verifyToken) ?? before?.verifyToken ?? randomBytes(12).toString('hex'),
    hookUrl: hookUrlOf(sim, given.hookUrl, before),
    ...(before?.profile && { profile: before.profile }),
    told: toldIn(given.told, before),
  }
}

function gupshupNumber(sim: Sim, given: ReturnType<typeof fieldsOf>, known: SimNumber | undefined): GupshupNumber {
  const before = known?.kind === 'gupshup' ? known : undefined
  const version = Number(given.callbackVersion ?? before?.callbackVersion ?? 2)
  return {
    kind: 'gupshup',
    id: textOf(given.appId) ?? before?.id ?? randomUUID(),
    phone: digitsOf(given.phone) || (before?.phone ?? ''),
    name: textOf(given.name) ?? before?.name ?? 'Empresa de prueba',
    wabaId: textOf(given.wabaId) ?? before?.wabaId ?? makeGraphId(),
    phoneNumberId: textOf(given.phoneNumberId) ?? before?.phoneNumberId ?? makeGraphId(),
    appName: textOf(given.appName) ?? before?.appName ?? `App${randomBytes(4).toString('hex')}`,
    apiKey: textOf(given.apiKey) ?? before?.apiKey ?? randomBytes(16).toString('hex'),
    hookUrl: hookUrlOf(sim, given.hookUrl, before),
    callbackVersion: version === 3 ? 3 : 2,
    subscriptions: before?.subscriptions ?? [],
    ...(before?.profile && { profile: before.profile }),
    told: toldIn(given.told, before),
  }
}

/** How the provider says that it does: what is given replaces what was said before. */
function toldIn(given: unknown, before: HookNumber | undefined): Told {
  const { quality, limit, balance, sandbox } = fieldsOf(given)
  const grade = (['GREEN', 'YELLOW', 'RED'] as const).find((one) => one === quality)
  return {
    ...before?.told,
    ...(grade && { quality: grade }),
    ...(typeof limit === 'string' && { limit }),
    ...(typeof balance === 'number' && { balance }),
    ...(typeof sandbox === 'boolean' && { sandbox }),
  }
}

/** A path is below the product's address; `null` takes it away. */
function hookUrlOf(sim: Sim, given: unknown, before: HookNumber | undefined): string | null {
  if (given === undefined) return before?.hookUrl ?? null
  const address = textOf(given)
  return address !== undefined && URL.canParse(address, sim.appOrigin) ? new URL(address, sim.appOrigin).href : null
}
