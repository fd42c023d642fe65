/** Failures that WhatsApp reports after it had taken a message: reference/meta-cloud-api.md §10, gupshup.md §8. */
export type Failure = { code: number; title: string; details: string }

const TITLES: Readonly<Record<number, [title: string, details: string]>> = {
  1002: ['Number does not exist on WhatsApp', 'Number Does Not Exists On WhatsApp'],
  1003: ['Insufficient balance', 'Unable to send message | Check your wallet balance'],
  1005: ['Template did not match', 'Template Did Not Match'],
  1010: ['Media URL is invalid', 'Invalid media url or unable to download the media'],
  1011: ['File too large', 'Media file size exceeds the limit'],
  4001: ['Rate limited', 'Rate limit hit, try again later'],
  4002: ['Invalid answer', 'Invalid response from WhatsApp'],
  4003: ['Template not found', 'Template not found'],
  130429: [
    'Rate limit hit',
    'Message failed to send because there were too many messages sent from this phone number in a short period of time.',
  ],
  130472: [
    "User's number is part of an experiment",
    "Failed to send message because this user's phone number is part of an experiment.",
  ],
  131000: ['Something went wrong', 'Message failed to send due to an unknown error.'],
  131026: ['Message undeliverable', 'Message Undeliverable.'],
  131042: [
    'Business eligibility payment issue',
    'Message failed to send because there were one or more errors related to your payment method.',
  ],
  131047: [
    'Re-engagement message',
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  ],
  131048: [
    'Spam rate limit hit',
    'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
  ],
  131049: ['Meta chose not to deliver.', 'This message was not delivered to maintain healthy ecosystem engagement.'],
  131050: [
    'User has stopped receiving marketing messages',
    'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
  ],
  131051: ['Unsupported message type', 'Unsupported message type.'],
  131052: ['Media download error', 'Unable to download the media sent by the user.'],
  131053: ['Media upload error', 'Unable to upload the media used in the message.'],
  131056: [
    'Pair rate limit hit',
    'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  ],
}

/** The failure with this code, in the provider's words. */
export function failure(code: number, details?: string): Failure {
  const [title, usual] = TITLES[code] ?? ['Something went wrong', `Message failed to send (${code}).`]
  return { code, title, details: details ?? usual }
}
