/** What a browser answers with (WebAuthn level 3, JSON form): only what is checked is let through. */
import * as z from 'zod'

const Base64Url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(20_000)
const Common = {
  id: Base64Url.max(1_400),
  rawId: Base64Url.max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.pipe(
    z.unknown(),
    z.transform(() => ({})),
  ),
}
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

export const RegistrationAnswer = z.object({
  ...Common,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z
      .array(z.string().max(20))
      .max(10)
      .optional()
      .transform((named) => TRANSPORTS.filter((known) => named?.includes(known))),
  }),
})

export const SignInAnswer = z.object({
  ...Common,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.max(200)
      .nullish()
      .transform((handle) => handle ?? undefined),
  }),
})
export type SignInAnswer = z.infer<typeof SignInAnswer>
