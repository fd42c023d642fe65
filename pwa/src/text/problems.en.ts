import type { ProblemTexts } from './problems.ts'

export const problemsEn: ProblemTexts = {
  bad_request: {
    cause: 'The server did not understand the request.',
    nextStep: 'Check the data. If it goes on, send us the reference.',
  },
  id_reused: { cause: 'This message already exists with other contents.', nextStep: 'Copy it and write it again.' },
  not_json: { cause: 'The server did not understand the request.', nextStep: 'Update the app.' },
  body_too_large: { cause: 'What you send is too large.', nextStep: 'Send a lighter file.' },
  body_too_slow: {
    cause: 'The connection is very slow and the upload was cut.',
    nextStep: 'It will be tried again; a better network helps.',
  },
  signed_out: { cause: 'Your session ended.', nextStep: 'Sign in again. What you wrote is saved.' },
  wrong_credentials: { cause: 'Wrong e-mail or password.', nextStep: 'Check them and try again.' },
  too_many_tries: { cause: 'There were too many tries.', nextStep: 'Wait a few minutes and try again.' },
  rate_limited: { cause: 'Too many requests in a row.', nextStep: 'Wait a moment.' },
  forbidden: { cause: 'Your role does not allow this.', nextStep: 'Ask whoever manages the account.' },
  origin_refused: { cause: 'The request came from a page that is not ours.', nextStep: 'Open the app at its usual address.' },
  not_found: { cause: 'This is gone or is not yours.', nextStep: 'Go back to the list and look for it.' },
  window_closed: {
    cause: "24 hours have passed since the customer's last message.",
    nextStep: 'WhatsApp allows free text once the customer writes again. Your text is saved.',
  },
  opted_out: {
    cause: 'This customer asked for no more messages.',
    nextStep: 'No templates go to them. When they write you may answer for 24 hours; ALTA means they agree again.',
  },
  marketing_stopped: {
    cause: 'This customer wants no advertising.',
    nextStep: 'Use a template that is not marketing, or wait until they write.',
  },
  consent_by_provider: {
    cause: 'The customer asked for this inside WhatsApp.',
    nextStep: 'Only they can agree again, in the details of this chat in their WhatsApp.',
  },
  notice_missing: {
    cause: 'There is no privacy notice to send, or the sentence does not name it.',
    nextStep: 'Publish the notice, and write {aviso_privacidad} in the sentence.',
  },
  date_to_come: { cause: 'That day is still to come.', nextStep: 'Choose today or an earlier day.' },
  words_invalid: {
    cause: 'The words to agree and to stop do not work like this.',
    nextStep: 'Keep at least one to stop, and none in both lists.',
  },
  profile_refused: {
    cause: 'The provider did not take the profile.',
    nextStep: 'Correct what it names and save again. What you wrote is still here.',
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
  price_missing: {
    cause: 'This kind of message has no rate for that country.',
    nextStep: 'Tell whoever runs WhatsappB24. What you wrote is kept.',
  },
  subscription_live: {
    cause: 'This number already has a subscription.',
    nextStep: 'Change its plan, or cancel it before you begin another.',
  },
  plan_not_sold: { cause: 'This plan or price is no longer sold.', nextStep: 'Go back to the list and choose another.' },
  same_text_limit: {
    cause: 'The same text has gone to too many people within an hour.',
    nextStep: 'Change the text for each person, or wait a while.',
  },
  not_changeable: {
    cause: 'This message cannot be changed.',
    nextStep: 'Only messages of your company that have left are edited or deleted.',
  },
  change_too_late: {
    cause: 'The time that WhatsApp gives to change a message is over.',
    nextStep: 'Write another message that clears it up.',
  },
  limit_reached: {
    cause: 'This number has begun as many conversations as WhatsApp allows in 24 hours.',
    nextStep: 'Wait until the first ones are older, or use another number. Whoever writes to you can always be answered.',
  },
  text_missing: { cause: 'The message is empty.', nextStep: 'Write a text.' },
  text_too_long: { cause: 'The text is too long.', nextStep: 'Split it into two messages.' },
  video_not_allowed: { cause: 'Sending videos from this number is not allowed.', nextStep: 'Send a photo or a PDF.' },
  link_not_allowed: {
    cause: 'Sending links from this number is not allowed.',
    nextStep: 'Edit the message and remove the link.',
  },
  media_kind_not_allowed: { cause: 'WhatsApp does not accept this kind of file.', nextStep: 'Use a photo, a PDF or an audio.' },
  media_too_large: { cause: 'The file is heavier than WhatsApp allows.', nextStep: 'Send a lighter one.' },
  media_mismatch: { cause: "The file's contents do not match its type.", nextStep: 'Open it on your device and save it again.' },
  media_not_found: { cause: 'The file is gone.', nextStep: 'Attach it again.' },
  upload_incomplete: { cause: 'A part of the file is missing.', nextStep: 'Send it again: it goes on where it was.' },
  forward_gone: {
    cause: 'The message you forward is gone, or you may not see it any more.',
    nextStep: 'Discard it, or write the text.',
  },
  note_not_forwarded: {
    cause: 'An internal note is for your team only.',
    nextStep: 'Write to the customer in your own words.',
  },
  quoted_not_found: { cause: 'The message you reply to is not in this chat.', nextStep: 'Send it without quoting.' },
  template_incomplete: { cause: 'The template lacks data.', nextStep: 'Fill in every field.' },
  mention_unseen: {
    cause: 'That person does not see this chat and cannot be mentioned.',
    nextStep: 'Remove the mention or choose somebody else.',
  },
  template_unknown: {
    cause: 'The number has no such template in that language.',
    nextStep: 'Choose another from the list or refresh the templates in Settings.',
  },
  template_not_approved: {
    cause: 'WhatsApp has not approved this template.',
    nextStep: 'Choose an approved one. Settings, Templates shows its state.',
  },
  template_value: {
    cause: 'A value of the template has line breaks or many spaces in a row.',
    nextStep: 'Write it on a single line.',
  },
  template_unsupported: {
    cause: 'This template has a part that cannot be filled in here.',
    nextStep: 'Choose another template.',
  },
  template_header: {
    cause: 'The file is not what the template asks for.',
    nextStep: 'Add the file that its header asks for, or none if it asks for none.',
  },
  template_taken: {
    cause: 'This number already has a template with that name and language.',
    nextStep: 'Use another name or change the existing one.',
  },
  template_invalid: {
    cause: 'WhatsApp would not take the template as it is.',
    nextStep: 'Correct what the form points out and submit it again.',
  },
  template_refused: {
    cause: 'The provider did not take the template.',
    nextStep: 'Your draft is kept. Correct what the provider says and submit it again.',
  },
  template_elsewhere: {
    cause: 'Your Gupshup account does not let templates be made from here.',
    nextStep: 'Do it on the Gupshup site and then press Refresh.',
  },
  account_id_missing: {
    cause: 'The WhatsApp account id of this number is missing.',
    nextStep: 'Add it in Settings, Channels, Change credentials.',
  },
  provider_unreachable: {
    cause: 'The provider does not answer now.',
    nextStep: 'Wait a moment and try again.',
  },
  kind_not_supported: { cause: 'This number cannot send this kind of message.', nextStep: 'Send it as text.' },
  channel_archived: { cause: 'The number is archived.', nextStep: 'Write from another number.' },
  nodes_full: { cause: 'Twenty computers are authorized already.', nextStep: 'Take access from one that you no longer use.' },
  node_revoked: { cause: 'That computer has no access any more.', nextStep: 'Choose another computer or our servers.' },
  backup_not_one: {
    cause: 'The file is no backup of a number, or it is damaged.',
    nextStep: 'Choose the file as it was downloaded.',
  },
  backup_passphrase: {
    cause: 'The passphrase does not open this backup, or the file was changed.',
    nextStep: 'Check capitals and spaces, and try again.',
  },
  backup_other_number: {
    cause: 'The backup is of another number.',
    nextStep: 'Choose the backup of this number, or add a new number for it.',
  },
  backup_old: {
    cause: 'The number went on working after this backup: restoring it would damage its session.',
    nextStep: 'Use a later backup, or link the number again with the phone.',
  },
  session_is_up: {
    cause: 'The number is connected.',
    nextStep: 'A backup is only restored to a number that is not linked or not connected.',
  },
  session_has_no_keys: {
    cause: 'The number is not linked: there is nothing to back up.',
    nextStep: 'Link it with the phone first.',
  },
  phone_invalid: { cause: 'The number is not valid.', nextStep: 'Write it with the country code, for example +593 98 765 4321.' },
  not_retryable: {
    cause: 'This message is no longer in a state that can be repeated.',
    nextStep: 'See its current state in the details.',
  },
  reaction_target_unknown: {
    cause: 'WhatsApp does not know the message you react to.',
    nextStep: 'Wait until it is delivered and try again.',
  },
  channel_taken: { cause: 'This number is already connected.', nextStep: 'Look for it in Numbers.' },
  credentials_refused: {
    cause: 'The provider did not accept the key or the number.',
    nextStep: 'Copy them again from the provider.',
  },
  address_refused: { cause: 'That address is not allowed.', nextStep: "Use the provider's official address." },
  database_unavailable: {
    cause: 'The database does not answer.',
    nextStep: 'Nothing is lost. It will be tried again in a few seconds.',
  },
  overloaded: { cause: 'The service is very busy.', nextStep: 'It will be tried again in a few seconds.' },
  internal: { cause: 'Something failed at the server.', nextStep: 'Try again. If it goes on, send us the reference.' },
  code_needed: {
    cause: 'The code of your second factor is missing.',
    nextStep: 'Type the code of your app, or a recovery code.',
  },
  code_wrong: {
    cause: 'That code is not right, or was used already.',
    nextStep: 'Wait for the next one and type it, or use a recovery code.',
  },
  passkey_refused: { cause: 'That passkey could not be checked.', nextStep: 'Try again, or sign in with your password.' },
  link_spent: {
    cause: 'This link was used, has ended or was replaced.',
    nextStep: 'Ask whoever manages your company for a new one.',
  },
  password_common: {
    cause: 'That password is well known or easy to guess.',
    nextStep: 'Choose another: three unrelated words do well.',
  },
  sign_up_refused: {
    cause: 'The company could not be made with that e-mail.',
    nextStep: 'If you have an account, sign in; if not, use another e-mail.',
  },
  email_taken: { cause: 'That e-mail is somebody else’s.', nextStep: 'Use another e-mail.' },
  name_taken: { cause: 'Another one has that name.', nextStep: 'Choose another name.' },
  beyond_own_rights: {
    cause: 'You cannot give or change what you do not have.',
    nextStep: 'Ask somebody who has that permission.',
  },
  permission_locked: { cause: 'That permission cannot be changed in that role.', nextStep: 'The cell explains why.' },
  last_administrator: {
    cause: 'That would be the last person who manages the company.',
    nextStep: 'Give that role to somebody else first.',
  },
  not_yourself: { cause: 'That cannot be done to one’s own account.', nextStep: 'Ask somebody else who manages people.' },
  role_in_use: { cause: 'People have that role.', nextStep: 'Give them another role first.' },
  changed_meanwhile: { cause: 'Somebody else changed it first.', nextStep: 'Look at what is new and apply again.' },
  chat_with_somebody: { cause: 'Somebody else is serving this customer.', nextStep: 'If it should be you, ask your supervisor.' },
  standard_role: {
    cause: 'The three standard roles are not renamed or archived.',
    nextStep: 'Make a role of your own from one of them.',
  },
  number_mismatch: {
    cause: 'The provider says that this key belongs to another number.',
    nextStep: 'Check the number and its id, and try again.',
  },
  hours_invalid: {
    cause: 'Check the hours: two ranges overlap, or one ends before it begins.',
    nextStep: 'Correct them and save again.',
  },
  variable_unknown: {
    cause: 'The text uses a value that does not exist here.',
    nextStep: 'Use only the values shown below the text.',
  },
  time_zone_unknown: { cause: 'There is no such time zone.', nextStep: 'Choose one of the list.' },
  shortcut_taken: { cause: 'Another quick reply has this shortcut.', nextStep: 'Choose another one.' },
  rule_taken: {
    cause: 'There is a rule for that number and department already.',
    nextStep: 'Change that one, or choose another number or department.',
  },
  label_inactive: { cause: 'That label is inactive.', nextStep: 'Choose another one, or ask for it to be made active again.' },
  contact_taken: {
    cause: 'That number belongs to a contact that you cannot see.',
    nextStep: 'Ask your supervisor to assign it to you.',
  },
  contact_number_in_use: {
    cause: 'There is a chat with this number, so it is not changed by hand.',
    nextStep: 'Create another contact or ask to merge the two.',
  },
  import_undone: { cause: 'This import was undone already.', nextStep: 'Refresh the list to see it.' },
  clients_not_connected: {
    cause: 'The client database is not connected.',
    nextStep: 'Ask the administration to connect it in Settings.',
  },
  portal_not_there: {
    cause: 'The application is no longer in that Bitrix24 portal.',
    nextStep: 'Install it again in Bitrix24 and come back here.',
  },
  portal_away: {
    cause: 'Bitrix24 does not answer now or is busy. Nothing was changed.',
    nextStep: 'Wait a minute and try again.',
  },
  portal_reconnect: {
    cause: 'Bitrix24 no longer lets us into that portal.',
    nextStep:
      'An administrator of the portal has to open WhatsappB24 in the menu of Bitrix24; check also that the application is paid for.',
  },
  portal_refused: {
    cause: 'Bitrix24 did not accept the request.',
    nextStep: 'Check that whoever connected the portal is an administrator and that the plan allows it.',
  },
  portal_unsure: {
    cause: 'Bitrix24 did not answer: the open channel may exist already.',
    nextStep: 'Refresh the list before you create another one.',
  },
  line_taken: {
    cause: 'That open channel has another number already.',
    nextStep: 'Choose another open channel, or unbind that number first.',
  },
  card_over: { cause: 'This card has been open for too long.', nextStep: 'Close it and open it again in Bitrix24.' },
  gateway_not_here: { cause: 'That way to pay is not available here.', nextStep: 'Choose another one.' },
  gateway_away: { cause: 'The payment gateway did not answer in time.', nextStep: 'Tap again: nothing is charged twice.' },
  gateway_refused: { cause: 'The payment gateway did not accept it.', nextStep: 'Try again or pay in another way.' },
  amount_out_of_range: { cause: 'That amount cannot be used.', nextStep: 'Enter an amount within the limits shown.' },
  balance_too_low: { cause: 'The available balance is not enough.', nextStep: 'Enter a smaller amount.' },
  balance_frozen: {
    cause: 'The balance is on hold because a payment is disputed.',
    nextStep: 'Wait until the dispute is settled.',
  },
  refund_too_much: { cause: 'That payment has less left to give back.', nextStep: 'Enter a smaller amount.' },
  refund_whole: {
    cause: 'That payment came in another currency: only all of it can go back.',
    nextStep: 'Give back all that is left of it.',
  },
  method_missing: {
    cause: 'There is no saved card to charge.',
    nextStep: 'Top up by card and choose to save it.',
  },
  automatic_crossed: {
    cause: 'Those amounts do not fit together.',
    nextStep: 'Top up to at least 5 more than the minimum, with a monthly ceiling that covers it.',
  },
  hook_address_refused: {
    cause: 'That address cannot take alerts.',
    nextStep:
      "Use a public https address, like the ones that Zapier, Make or n8n give: no user name, no other port, and not this application's.",
  },
  alert_hook_off: {
    cause: 'There is no address for alerts, or it is turned off.',
    nextStep: 'Enter it and turn it on in Settings → Balance → Alerts by mail.',
  },
  levels_crossed: {
    cause: 'The second warning cannot be higher than the first.',
    nextStep: 'Enter a smaller amount for the second.',
  },
  paper_waits: {
    cause: 'Many receipts are being made at once, and this one has no number yet.',
    nextStep: 'Ask for it again in a few minutes.',
  },
  seller_in_the_past: {
    cause: 'Who has sold until now stands on receipts already: it cannot be changed backwards.',
    nextStep: 'Choose a day from tomorrow on, or leave the date empty for it to hold from now.',
  },
  portal_denied: {
    cause: 'Bitrix24 does not let this card be read.',
    nextStep: 'Ask the portal’s administrator about your rights in the CRM.',
  },
  portal_app_taken: {
    cause: 'That local application is saved already, here or in another company.',
    nextStep: 'Check the client_id; if it belongs to another company, remove it there first.',
  },
  clients_unreachable: {
    cause: 'Your company’s client database does not answer. The change was not saved.',
    nextStep: 'Try again in a moment.',
  },
  clients_refused: {
    cause: 'Your company’s client database did not accept the request.',
    nextStep: 'Check the data or tell whoever runs that database.',
  },
  transfer_open: {
    cause: 'There is a transfer request for this chat already.',
    nextStep: 'Wait for the decision, or cancel that request.',
  },
  transfer_decided: { cause: 'Somebody else has decided this request.', nextStep: 'See the result in the history.' },
  transfer_own: { cause: 'Nobody decides their own request.', nextStep: 'Somebody else who may decides it.' },
  person_unavailable: { cause: 'That person is not active any more.', nextStep: 'Choose somebody else.' },
  push_endpoint_refused: {
    cause: 'That address belongs to no push service.',
    nextStep: 'Use an up-to-date Chrome, Safari, Firefox or Edge and turn them on again.',
  },
  push_not_set_up: { cause: 'Notifications are not set up here.', nextStep: 'Tell whoever runs this installation.' },
  no_network: { cause: 'There is no connection.', nextStep: 'It will be tried again when it is back.' },
  timed_out: { cause: 'The server did not answer in time.', nextStep: 'It will be tried again.' },
  bad_answer: { cause: 'The answer did not come from our server.', nextStep: 'See whether your network asks for a password.' },
}
