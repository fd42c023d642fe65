/** What `GET /control/paypal` and the README tell about the commands. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'POST …/apps':
    '{clientId, secret, settings?: {blocksDuplicates, refundAs: COMPLETED|PENDING|FAILED, reportsLateMs, deadOrders: gone|voided}, webhook?: {id, url: address or path of the app, types?: ["*"]}} → the application; the same again changes it',
  'POST …/orders/:id/approve': '{how?: pays|declined|review|denied}: the buyer on PayPal’s page, without a browser',
  'POST …/captures/:id/settle | /reverse': '{to: COMPLETED|DECLINED}: PayPal has looked at it | {value?}: the bank takes it back',
  'POST …/refunds/:id/settle': '{to: COMPLETED|FAILED|CANCELLED}',
  'POST …/subscriptions/:id/approve | /end': 'the buyer agrees (also to a change) | ends it at PayPal',
  'POST …/subscriptions/:id/refuse': '{times}: the bank refuses so many payments from now on',
  'POST …/disputes':
    '{transaction: capture or sale, value?, stage?: INQUIRY|CHARGEBACK, reason?}; …/disputes/:id/decide {buyer: true|false}',
  'POST …/movements':
    '{app, code, value, currency?}: the account moves by itself: T0400 to the bank, T0100 a fee of theirs, T1900 a correction …',
  'POST …/movements/:transaction':
    '{value?, fee?, times?}: another sum than the payment’s; told so many times by the report: 0 is missing, 2 is told twice',
  'PUT …/clock': '{app, aheadMs}: an application’s clock; what fell due happens',
  'GET …/rows/:table':
    '?app=&holds= → orders, captures, refunds, plans, subscriptions, sales, disputes, webhooks, happenings, deliveries, movements, askings (what was asked, with its request id)',
  'POST …/mischief':
    '{where: api|hooks, app?, what?: "POST /v2/checkout/orders" or event type, holds?: text within, next?, slowMs?, status?, issue? (422), done? (the work first), drop? (the answer is lost), lose?, twice?, hold? (until flush), before? (the API’s answer)}; GET, DELETE ?app=',
  'POST …/hooks/flush': '{app?}: what waits and what was held goes now; answers when nothing is under way',
  'POST …/hooks/sign': '{webhookId, text, signer?: own|stranger|old, time?} → {headers}: as PayPal would send this text',
  'POST …/reset': 'no mischief any more',
}
