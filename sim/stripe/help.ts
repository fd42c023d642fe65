/** What `GET /control/stripe` and the README tell about the commands. */
export const COMMANDS: Readonly<Record<string, string>> = {
  'POST …/sessions/:id/pay':
    '{card?: ok|declined|insufficient|expired|auth|auth_always|renewal_fails|delayed|dispute|inquiry|refund_pending|refund_fails|none, email?, bank?: yes|no}: somebody pays on the hosted page → {is: done|asks|declined|over, session, problem?}; none: a trial without a card; bank: what the owner tells his bank when it asks',
  'POST …/sessions/:id/settle': '{ok: true|false}: a payment that takes its time is decided; by itself after 3 days of the clock',
  'POST …/sessions/:id/expire': 'nobody may pay it any more',
  'POST …/bank/:intent': '{ok}: the owner answers his bank',
  'POST …/disputes': '{payment_intent | charge, amount?, reason?, inquiry?}: disputes a payment',
  'POST …/disputes/:id/:does': 'win | lose | reinstate; of an inquiry: withdraw | close',
  'POST …/refunds/:id/fail | /finish': 'a refund comes back, or arrives',
  'POST …/movements':
    '{type, amount, currency?, fee?, payout?}: Stripe’s account moves by itself: payout (what goes to the bank), payout_failure {payout}, stripe_fee, adjustment …',
  'POST …/movements/:id':
    '{amount?, fee?, times?}: another sum than the payment’s; told so many times by the list: 0 is missing, 2 is told twice',
  'GET …/clock | PUT …/clock':
    '{by: seconds | to: unix second}: Stripe’s clock goes forward; what falls due happens, in its order',
  'PUT …/settings': 'retryDays [], afterRetries: cancel|unpaid|past_due, feePerMille, feeFixed, disputeFee, delayedDays',
  'GET …/hooks': '?state=waiting|done|gone → deliveries with tries and last status',
  'POST …/hooks': '{url, secret, events?}: who is told; the same address again changes it',
  'POST …/hooks/flush': '{wait?: true, waitMs?}: tries all now; with wait answers when none waits',
  'POST …/hooks/again/:event': 'posts an event once more',
  'GET …/received': '?path= &method= &after=seq → what was asked, in order, with keys and answers',
  'GET …/rows/:table':
    '?field=value → customers, products, prices, methods, intents, charges, movements, refunds, disputes, sessions, subscriptions, invoices, events, endpoints, deliveries, tasks …',
  'GET …/mischief | POST …/mischief':
    '{where: api|hooks, what?: "POST /v1/refunds" (:id is any part) | event type, next?, slowMs?, status?, processed?, dropAnswer?, lose?, duplicate?, twin?, reorder?, delayMs?, before?}; DELETE takes all away',
  'POST …/reset': 'forgets everything',
}
