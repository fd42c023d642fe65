/** The fields of the form as the credentials of the contract; what was left empty is left out. */
import type { InputOf } from '#contract/endpoint.ts'
import type { addChannel } from '#contract/channels.ts'

/** Asking the provider whether it knows the credentials takes its time. */
export const CHECK_MS = 40_000

type Credentials = InputOf<typeof addChannel>['credentials']

export function credentialsOf(kind: 'meta' | 'gupshup', given: Record<string, string>): Credentials {
  const text = (name: string) => given[name] ?? ''
  const maybe = (name: string) => (given[name] ? { [name]: given[name] } : {})
  if (kind === 'gupshup') {
    return {
      kind,
      access: text('access') === 'partner' ? 'partner' : 'self-serve',
      appName: text('appName'),
      appId: text('appId'),
      apiKey: text('apiKey'),
    }
  }
  return {
    kind,
    phoneNumberId: text('phoneNumberId'),
    accessToken: text('accessToken'),
    ...maybe('wabaId'),
    ...maybe('appSecret'),
    ...maybe('verifyToken'),
  }
}
