import type { FailureCode, FailureText } from '../failures.ts'
import { PORTALS_EN } from './portals.en.ts'
import { CALLS_EN, POLICY_EN } from './policy.en.ts'
import { SESSIONS_EN } from './sessions.en.ts'

/** What a company's administrator reads: what happened and what to do. */
export const FAILURES_EN: Record<FailureCode, FailureText> = {
  token_invalid: {
    cause: 'The provider no longer accepts the access token of this number: it expired, was revoked or is mistyped.',
    nextStep: 'Open Numbers, choose the number and paste a new access token. Waiting messages will go out afterwards.',
  },
  permission_missing: {
    cause: 'The access token is valid but may not do this.',
    nextStep:
      "In the provider's account, give the token the WhatsApp messaging and management permissions, then check the number again.",
  },
  app_mismatch: {
    cause: 'The provider does not recognise the app with the saved details: its name, its id or the number do not match.',
    nextStep: 'Compare the app name and id with those the provider shows and correct them in Numbers.',
  },
  account_blocked: {
    cause: 'WhatsApp blocked or restricted the account or the number because of its policies.',
    nextStep: "Open Meta's WhatsApp Manager, read the reason under Account quality and request a review.",
  },
  number_not_registered: {
    cause: 'The number is not registered or verified on the WhatsApp platform.',
    nextStep: "Register and verify the number in the provider's account, then check it again in Numbers.",
  },
  number_pin_wrong: {
    cause: "The number's two-step verification PIN is wrong.",
    nextStep: 'Check the PIN or change it in WhatsApp Manager and register the number again.',
  },
  number_registration_limit: {
    cause: 'There were too many attempts to register the number.',
    nextStep: 'Wait 72 hours before registering it again.',
  },
  number_not_connected: {
    cause: 'The number is not connected to WhatsApp: it was disconnected, moved to another account or deleted.',
    nextStep: "Check the state of the number in the provider's account and connect it again.",
  },
  display_name_not_approved: {
    cause: 'WhatsApp has not approved the display name of this number.',
    nextStep: 'Correct the name in WhatsApp Manager and wait for its approval.',
  },
  cloud_api_required: {
    cause: 'This only exists for numbers on the WhatsApp Cloud API.',
    nextStep: 'Ask the provider to move the number to the Cloud API.',
  },
  terms_not_accepted: {
    cause: "The company has terms of service waiting to be accepted in the provider's account.",
    nextStep: "Sign in to the provider's account as an administrator and accept the pending terms.",
  },
  hook_refused: {
    cause: 'The provider called our address and did not get the answer that it expected.',
    nextStep:
      'Check that this system’s public address opens from the internet over https and that the verify token is the same. Then test again.',
  },
  hook_slots_full: {
    cause: 'The app has five addresses already, Gupshup’s maximum.',
    nextStep: 'Remove one at Gupshup that is no longer used and test again. None that is not ours is deleted here.',
  },
  username_refused: {
    cause: 'WhatsApp did not accept the username requested for the company.',
    nextStep: 'Choose another username or one of the suggestions in WhatsApp Manager.',
  },
  hook_lost: {
    cause: 'The provider no longer sends messages of this number to WhatsappB24: what customers write does not arrive.',
    nextStep: 'Open the number in Settings, Numbers and tap Connect and test.',
  },
  credit_low: {
    cause: "There is little credit left in the provider's wallet.",
    nextStep: "Top it up on the provider's page before it runs out.",
  },
  credit_out: {
    cause: "The provider's wallet does not pay for one more message: none will leave.",
    nextStep: "Top it up on the provider's page and tap Test on the number.",
  },
  quality_low: {
    cause: 'WhatsApp rates this number as low quality: customers block or report it.',
    nextStep: 'Send fewer templates and look at whom you write to; WhatsApp may lower the limit.',
  },
  account_limited: {
    cause: 'WhatsApp has limited what this number may send.',
    nextStep: "See in Meta's WhatsApp manager what it asks for and settle it there.",
  },
  billing_problem: {
    cause: 'The WhatsApp account has a payment problem, so templates do not go out.',
    nextStep: "Check the payment method in Meta's WhatsApp Manager. Then retry the messages.",
  },
  wallet_empty: {
    cause: "The balance of the provider's account is too low to send.",
    nextStep: "Top up the balance in the provider's account and retry the messages.",
  },
  channel_paused: {
    cause: 'Sending is paused for this number.',
    nextStep: 'Resume sending in Numbers when you want the messages to go out.',
  },
  app_rate_limited: {
    cause: 'The app asked the provider too many things in a short time.',
    nextStep: 'Do nothing: the message will be tried again in a few minutes.',
  },
  number_rate_limited: {
    cause: 'This number sent more messages per second than WhatsApp allows it.',
    nextStep: 'Do nothing: the message will be tried again in a few seconds.',
  },
  pair_rate_limited: {
    cause: 'Too many messages were sent to this customer in a row.',
    nextStep: 'Do nothing: the message will be tried again in a few seconds.',
  },
  spam_rate_limited: {
    cause: 'WhatsApp is slowing this number down because several customers blocked or reported its messages.',
    nextStep:
      'Stop mass sending, check the quality of the number and write only to those who expect it. The message will be tried later.',
  },
  provider_maintenance: {
    cause: 'WhatsApp is changing the capacity of this number. It usually takes a minute.',
    nextStep: 'Do nothing: the message will be tried again.',
  },
  provider_unavailable: {
    cause: "The provider's service failed and did not take the message.",
    nextStep: "Do nothing: it will be tried again. If it keeps failing, look at the provider's status page.",
  },
  provider_unreachable: {
    cause: "The provider's server could not be reached. The message has not left.",
    nextStep: "Do nothing: it will be tried again. If it lasts, look at the provider's status page.",
  },
  answer_lost: {
    cause: 'The message left for the provider, but no clear answer came back. The customer may or may not have it.',
    nextStep:
      'Wait a few minutes: if the provider confirms, the state changes by itself. Otherwise ask the customer before sending it again.',
  },
  send_interrupted: {
    cause: 'The system restarted while it was sending this message. The customer may or may not have it.',
    nextStep:
      'Wait a few minutes: if the provider confirms, the state changes by itself. Otherwise ask the customer before sending it again.',
  },
  retries_exhausted: {
    cause: 'It was tried several times and the provider never took it.',
    nextStep: "Read the last reason in the message's trace. Once it is solved, retry or discard it.",
  },
  waited_too_long: {
    cause: 'The message waited for too long and was not sent, so as not to arrive out of place.',
    nextStep: 'If it is still needed, retry it. Otherwise discard it.',
  },
  recipient_missing: {
    cause: 'No phone number is known that this channel could write to.',
    nextStep: 'Ask the customer for a phone number and save it in the contact.',
  },
  recipient_invalid: {
    cause: "The provider does not accept the customer's number.",
    nextStep: 'Check that the number has its country code and no digit is missing or left over.',
  },
  recipient_not_on_whatsapp: {
    cause: "The customer's number does not have WhatsApp.",
    nextStep: 'Check the number or reach the customer another way.',
  },
  recipient_unreachable: {
    cause:
      'WhatsApp could not deliver the message: the customer has no WhatsApp, uses an old version or has not accepted its terms.',
    nextStep: 'Check the number and ask the customer to update WhatsApp or to write to you first.',
  },
  recipient_is_sender: {
    cause: 'The recipient is the very number that sends.',
    nextStep: 'Write to another number.',
  },
  recipient_not_in_test_list: {
    cause: 'A test number may only write to the phones on its list, and this one is not on it.',
    nextStep: "Add the phone to the test recipients in Meta's dashboard, or use a real number.",
  },
  recipient_identity_changed: {
    cause: "The customer's identity on WhatsApp changed and the requested check does not match.",
    nextStep: 'Confirm with the customer that it is the same person before going on.',
  },
  country_restricted: {
    cause: 'WhatsApp does not let this account write to customers in this country.',
    nextStep: "Reach the customer another way. Look up Meta's rules for your line of business in that country.",
  },
  consent_missing: {
    cause: 'The customer has not agreed to receive messages from this app, or asked not to.',
    nextStep: 'Wait for the customer to write to you, or ask for permission another way.',
  },
  opted_out: {
    cause: 'The customer asked for no more messages, so the template did not leave.',
    nextStep: 'Respect that. You may answer when they write; ALTA or START means they agree again.',
  },
  consent_unknown: {
    cause: 'Whether the customer wants messages could not be looked up, so the template waits.',
    nextStep: 'It is tried again by itself within seconds.',
  },
  window_closed: {
    cause: "More than 24 hours have passed since the customer's last message, and WhatsApp no longer takes free text.",
    nextStep: 'Send an approved template. Once the customer answers you can write freely.',
  },
  marketing_limited: {
    cause: 'WhatsApp limits how much marketing each person receives, and this customer has reached the limit.',
    nextStep: 'Do not send it again today. Wait at least 24 hours, or until the customer writes to you.',
  },
  marketing_stopped: {
    cause: 'The customer asked not to receive marketing from your company.',
    nextStep: 'Send this customer no more marketing. You can answer when they write to you.',
  },
  marketing_experiment: {
    cause: "WhatsApp did not deliver this marketing message because the customer is in one of Meta's test groups.",
    nextStep: 'Do not send it again: it would not arrive either. If it matters, use another way. This message is not charged.',
  },
  message_malformed: {
    cause: 'The provider says that something in the message is missing or not valid.',
    nextStep: "Write the message differently. If it happens again, send support this message's trace.",
  },
  message_unsupported: {
    cause: 'WhatsApp does not let this type of message be seen or sent this way.',
    nextStep: 'If it came from the customer, ask for it in another form, such as text or a photo.',
  },
  kind_not_supported: {
    cause: 'This number cannot send this type of message.',
    nextStep: 'Send it in another form or from another number.',
  },
  caption_not_supported: {
    cause: 'WhatsApp takes no text beside an audio.',
    nextStep: 'Send the audio and the text as two messages.',
  },
  flow_blocked: {
    cause: 'The WhatsApp form in this message is blocked because of its quality.',
    nextStep: 'Correct the form in WhatsApp Manager and publish it again.',
  },
  flow_rate_limited: {
    cause: 'The WhatsApp form in this message has reached its sending limit.',
    nextStep: 'Do nothing: it will be tried again. Check the quality of the form in WhatsApp Manager.',
  },
  media_download_failed: {
    cause: 'The file could not be downloaded from the provider.',
    nextStep: 'It is tried several times. If it does not appear, ask the customer to send it again, in a smaller size.',
  },
  media_upload_failed: {
    cause: 'WhatsApp did not accept the file: its format is not valid or it is damaged.',
    nextStep: 'Convert it to an accepted format (JPG, PNG, PDF, MP3, OGG) and send it again.',
  },
  media_link_unreadable: {
    cause: 'The provider could not read the file from the address it was given.',
    nextStep: "Retry the message. If it happens again, check that the system's public address opens from the internet.",
  },
  media_over_limit: {
    cause: 'The file is larger than WhatsApp allows.',
    nextStep: 'Make the file smaller and send it again. An image may have 5 MB, an audio 16 MB.',
  },
  media_gone: {
    cause: 'The file is no longer at the provider: it expired or was deleted.',
    nextStep: 'Ask the customer to send it again.',
  },
  media_damaged: {
    cause: 'The file arrived damaged or changed on its way, and is not shown.',
    nextStep: 'It is tried again. If it does not appear, ask the customer to send it anew.',
  },
  media_phone_away: {
    cause: 'WhatsApp no longer keeps the file, and the phone of the number is off or without internet.',
    nextStep: 'Switch the phone of the number on and press Fetch again.',
  },
  media_not_ready: {
    cause: 'The file could not be read from our storage yet.',
    nextStep: 'Do nothing: it will be tried again.',
  },
  media_host_refused: {
    cause: "The file's address does not belong to the provider, so it was not opened.",
    nextStep: 'Ask the customer to send it again. If it happens again, tell support: somebody may have forged the notice.',
  },
  template_not_found: {
    cause: 'The account has no template with that name and language, or it does not match the approved one.',
    nextStep: 'Refresh the list of templates and choose one that is approved in that language.',
  },
  template_params_count: {
    cause: 'The number of values sent is not what the template asks for.',
    nextStep: 'Refresh the list of templates and fill in all of its fields.',
  },
  template_params_format: {
    cause: 'A value of the template has a format that WhatsApp does not take, such as a line break or several spaces in a row.',
    nextStep: 'Write each value on one line, without tabs or repeated spaces, and send it again.',
  },
  template_too_long: {
    cause: 'The text of the template with its values is too long.',
    nextStep: 'Shorten the values and send it again.',
  },
  template_policy: {
    cause: "The content of the template breaks WhatsApp's policies.",
    nextStep: 'Change the text of the template and request its approval again.',
  },
  template_paused: {
    cause: 'WhatsApp paused the template because several customers blocked or reported it.',
    nextStep: 'Use another template. Improve the text of this one or wait until the pause is over.',
  },
  template_disabled: {
    cause: 'WhatsApp disabled the template after several pauses for poor quality.',
    nextStep: 'Create a new template with another text and use that one.',
  },
  templates_off: {
    cause: "Sending templates is switched off in the provider's app.",
    nextStep: "Switch it on in the settings of the provider's app and send it again.",
  },
  template_needs_phone: {
    cause: 'This access code template can only go to a phone number, and only the username of the customer is known.',
    nextStep: 'Ask the customer for a phone number.',
  },
  ...CALLS_EN,
  ...POLICY_EN,
  ...SESSIONS_EN,
  ...PORTALS_EN,
  unknown_provider_error: {
    cause: 'The provider refused with a code that we do not know yet.',
    nextStep: "Look the code up in the provider's help, or send support this message's trace.",
  },
}
