import type { CallFailure, FailureText, PolicyFailure } from '../failures.ts'

/** What our own rules refuse, in English. */
export const POLICY_EN: Record<PolicyFailure, FailureText> = {
  not_changeable: {
    cause: 'This message cannot be changed in WhatsApp any more.',
    nextStep: 'Write the correction in a new message.',
  },
  change_too_late: {
    cause: 'The time in which WhatsApp lets a message be changed is over.',
    nextStep: 'Write the correction in a new message.',
  },
  channel_archived: {
    cause: 'The number is archived.',
    nextStep: 'Write from another number.',
  },
  text_too_long: {
    cause: 'The text is too long for WhatsApp.',
    nextStep: 'Split it into two messages.',
  },
  link_not_allowed: {
    cause: 'Sending links from this number is not allowed.',
    nextStep: 'Remove the link and write it again.',
  },
  video_not_allowed: {
    cause: 'Sending videos from this number is not allowed.',
    nextStep: 'Send a photo or a PDF.',
  },
  media_mismatch: {
    cause: 'The contents of the file do not match its type.',
    nextStep: 'Open it on your device, save it again and send it once more.',
  },
  media_too_large: {
    cause: 'The file is heavier than WhatsApp allows.',
    nextStep: 'Send a lighter one.',
  },
  media_kind_not_allowed: {
    cause: 'WhatsApp does not accept this kind of file.',
    nextStep: 'Use a photo, a PDF or an audio.',
  },
  sender_not_allowed: {
    cause: 'The role of this person in WhatsappB24 does not allow writing to customers.',
    nextStep: 'Ask whoever manages the account to allow it, or let somebody else write.',
  },
  first_contact_off: {
    cause: 'This number only answers: it does not write first to people who never wrote to it.',
    nextStep: 'Wait until the customer writes, use an official number with a template, or turn on “Write first” for the number.',
  },
  first_contact_limit: {
    cause: 'This number has written first to as many people as it may today.',
    nextStep: 'It can go on tomorrow. Whoever writes to you can always be answered.',
  },
  first_contact_frozen: {
    cause: 'WhatsApp does not let this number write first for now.',
    nextStep: 'Wait a day and go on answering whoever writes. Insisting may get the number blocked.',
  },
  first_contact_stopped: {
    cause: 'Almost nobody answers the first messages of this number: going on risks a ban.',
    nextStep: 'Write only to people who expect it, or use an official number with a template.',
  },
  subscription_ended: {
    cause: 'This number’s subscription has ended: it receives messages but sends none.',
    nextStep: 'Renew it in Settings, Subscriptions, or ask whoever manages the account. What you wrote is kept.',
  },
  balance_empty: {
    cause: 'There is no balance to pay for this message.',
    nextStep: 'Top up in Settings, Balance, or ask whoever manages the account; then send it again. What you wrote is kept.',
  },
  balance_frozen: {
    cause: 'The balance is on hold because a payment is disputed: this message cannot be paid.',
    nextStep: 'Wait until the dispute is settled, or ask whoever manages the account. What you wrote is kept.',
  },
  price_missing: {
    cause: 'This kind of message has no rate for that country.',
    nextStep: 'Tell whoever runs WhatsappB24. What you wrote is kept.',
  },
  same_text_limit: {
    cause: 'The same text has gone to too many people within an hour.',
    nextStep: 'Change the text for each person, or wait a while.',
  },
  deed_no_number: {
    cause: 'No number to send from was chosen, or it is archived.',
    nextStep: 'Choose another number in the robot, or look at the numbers in WhatsappB24.',
  },
  deed_no_phone: {
    cause: 'The card has no phone that can be read.',
    nextStep: 'Write it in the card with its country code, such as +593.',
  },
  deed_portal_away: {
    cause: 'Bitrix24 did not answer in time.',
    nextStep: 'Try again in a few minutes.',
  },
  deed_file_missing: {
    cause: 'The template carries a file and the robot has no link to it.',
    nextStep: 'Give the robot an https link that anybody can open, without a password.',
  },
  deed_file_unread: {
    cause: "The file behind the robot's link could not be fetched.",
    nextStep: 'Check that the link begins with https, opens the file itself and asks nobody to sign in. Then try again.',
  },
  deed_file_kind: {
    cause: 'The file behind the link is not of the kind that the template needs.',
    nextStep: 'Give the robot a picture, a video or a PDF, whichever the template carries on top.',
  },
}

/** Calls, and who is blocked, in English. */
export const CALLS_EN: Record<CallFailure, FailureText> = {
  call_refused: {
    cause: 'WhatsApp did not allow the call.',
    nextStep: 'Check that calls are switched on for the number, and write to the customer meanwhile.',
  },
  call_permission_missing: {
    cause: 'The customer has not allowed your company to call.',
    nextStep: 'Ask for permission to call from the chat and wait for the answer.',
  },
  block_list_failed: {
    cause: 'WhatsApp could not change the list of blocked people.',
    nextStep: 'Try again. Only those who wrote in the last 24 hours can be blocked.',
  },
}
