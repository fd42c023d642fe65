/** Where the caller is signed in. */
import { listDevices as contract, type Device } from '#contract/session.ts'
import type { Request } from '../http/app.ts'
import { own, ownEnding, type Ended } from './own.ts'

export async function listDevices(c: Request): Promise<{ items: Device[] }> {
  return contract.returns.parse((await own(c, 'api_devices', {})).answer)
}

/** Signs one of the own devices out; somebody else's is not_found. */
export async function endDevice(c: Request, input: { sessionId: string }, ended: Ended): Promise<{ done: true }> {
  const { caller } = await own(c, 'api_device_end', input)
  await ended(c, caller.account.id, input.sessionId)
  return { done: true }
}

/** Signs all others out. Gives how many there were. */
export async function endOtherDevices(c: Request, ended: Ended): Promise<{ ended: number }> {
  return { ended: (await ownEnding(c, ended, 'api_devices_end_others', {})).count }
}

/** Signs this session out. */
export async function endThis(c: Request, ended: Ended): Promise<void> {
  const { caller } = await own(c, 'api_device_end', {})
  await ended(c, caller.account.id, caller.sessionId)
}
