/** A number's keys in a sealed file: taken away for safekeeping, and put back where nothing runs with them. */
import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { ChannelId, Instant } from './ids.ts'
import { PASSPHRASE_MIN } from './passphrase.ts'
import { Session } from './sessions.ts'

const Passphrase = z.string().check(z.minLength(PASSPHRASE_MIN), z.maxLength(200))
const FILE_MAX = 24_000_000

/**
 * What a file says of itself without its passphrase. `live`: the number was at work when it was made, so that its session
 * has gone on since. All of it is sealed too: a header that was changed does not open.
 */
export const BackupHeader = z.object({
  format: z.literal('whatsappb24-number'),
  version: z.literal(1),
  number: z.string().check(z.regex(/^\d{5,20}$/)),
  name: z.string().check(z.maxLength(100)),
  madeAt: Instant,
  live: z.boolean(),
})
export type BackupHeader = z.infer<typeof BackupHeader>

export const exportSession = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/export',
  summary:
    'The keys of an unofficial number as a file, sealed with a passphrase. Two places that run the same keys damage the session',
  may: 'channels.keys',
  input: z.object({ channelId: ChannelId, passphrase: Passphrase }),
  returns: z.object({ fileName: z.string(), file: z.string() }),
})

export const importSession = endpoint({
  method: 'POST',
  path: '/channels/:channelId/session/import',
  summary: 'Puts the keys of such a file back on a number that is not linked, or not connected, and connects it',
  may: 'channels.keys',
  input: z.object({
    channelId: ChannelId,
    passphrase: z.string().check(z.maxLength(200)),
    file: z.string().check(z.maxLength(FILE_MAX)),
  }),
  returns: Session,
  maxBytes: FILE_MAX,
})
