/** What `GET /control` and the README tell about the commands. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'GET /control/numbers': 'the numbers of the simulated world, with their credentials',
  'POST /control/numbers':
    '{kind: meta|gupshup|session, phone, name?, phoneNumberId?, wabaId?, accessToken?, appSecret?, verifyToken?, appId?, appName?, apiKey?, callbackVersion?: 2|3, hookUrl?: address or path of the app} → the number; the same id or phone again changes it',
  '/control/whatsapp-web/…': 'numbers on ordinary phones: linking, people, faults, lines; sim/README.md lists the commands',
  '/control/stripe/…': 'payments and subscriptions; GET /control/stripe lists the commands',
  '/control/paypal/…': 'payments and subscriptions; GET /control/paypal lists the commands',
  'GET /control/customers': 'customers who have written or were written to',
  'POST /control/customers/:phone/messages':
    '{to: number id or phone, kind: text|image|document|audio|voice|video|sticker|location|contacts|button_reply|list_reply|template_reply|form_reply|order|request_welcome|unsupported|number_change|reaction|edit|revoke|echo, text?, mediaBase64? (a sample without it), mime?, name?, mediaId?, quoted?, target? (reaction, edit, revoke), emoji?, replyId?, description?, latitude?, longitude?, placeName?, address?, contacts?: [{name, phones}], newPhone?, what?, formJson?, products?, forwarded?, referral?: {}, customerName?, bsuid?, hidePhone?, at?: ms, id?} → {id, message}; the webhook follows, and again until it is taken',
  'POST /control/customers/:phone/read': '{number}: the customer reads everything',
  'POST /control/customers/:phone/played': '{id}: the customer listens to a voice note',
  'POST /control/customers/:phone/window':
    '{number, hoursAgo}: when the customer last wrote; 25 closes the 24-hour window, nothing: never',
  'GET /control/received':
    '?phone= &number= &what=message,template,reaction,read,typing,media,other &target=meta|gupshup|clients|session &processed=true &after=seq &count=only → {count, items:[{seq, requestId, at, what, phone, text, callbackData, body, status, errorCode, providerId, processed, answered}]} in the order in which the provider got them',
  'GET /control/conversations': 'who writes with whom',
  'GET /control/conversations/:number/:phone': 'the messages of a conversation, as the customer has them, with their progress',
  'GET /control/hooks': 'webhooks that wait, with attempts and last answer; and how many got which answer',
  'POST /control/hooks/flush': '{wait?: true, waitMs?}: tries all of them now; with wait answers when none waits',
  'POST /control/hooks/raw':
    '{number? | url?, body | bodyBase64, sign?: true|false|"wrong", secret?, headers?} → {status, body}: posts any bytes to a hook, once',
  'GET /control/misbehaviour': 'what is wrong at present',
  'PUT /control/misbehaviour':
    '{target: meta|gupshup|clients, number?, on?: send|media|all (send; of clients all, and send is a write), next?: requests} and any of: slowMs (+slowRate), status (+body, failRate, processed), failRate (500), dropAnswer or dropRate (works on it, cuts the connection), expireToken, rateLimit (per second), failStatus (taken, then failed with this code), duplicateHooks (times), reorderStatuses, delayStatusesMs, batchHooks (per POST). Replaces the earlier one of that target',
  'DELETE /control/misbehaviour': '?target=: all is well again',
  'PUT /control/templates':
    '{number, name, status?: APPROVED|PENDING|REJECTED|PAUSED, quality?: GREEN|YELLOW|RED, reason?}: WhatsApp decides on a template; webhooks follow. One that is handed in is decided after a second: rejected when it promises easy money',
  'POST /control/debtors':
    '{id, holder?, document?, phone?, email?, balance?, daysOverdue?, dueDate?}: adds or changes a debtor of the client database',
  'GET /control/debtors/:id': 'a debtor as the client database has it',
  'POST /control/push/subscriptions': 'a browser subscribes → {id, endpoint, p256dh, auth}; its private key stays here',
  'PUT /control/push/subscriptions/:id':
    '{answers?: [{status, retryAfter?}], gone?: true}: what its push service answers to the next pushes; gone: 410 from now on',
  'GET /control/push/received':
    '?subscription= &after=seq → {items:[{seq, at, subscription, ttl, urgency, topic, size, claims, text, status, reason}]}: what came, opened with the browser’s keys',
  'PUT /control/mail-hook/:name':
    '{secret?, answers?: [{status?, slowMs?, location?, body?}]}: what the automation at /mail-hook/:name checks signatures with, and what it answers to the next alerts instead',
  'GET /control/mail-hook/:name':
    '{posts: [{seq, at, delivery, signed, body, status}], mails: [{id, kind, subject, text, at}]}: what came, and the mails that were made of it, each alert once',
  'POST /control/reset':
    '{numbers?: true}: forgets conversations, files, received, waiting webhooks and misbehaviour; numbers only when asked',
}
