/** Where a gateway’s own console shows a thing of ours. */
type Gateway = 'stripe' | 'paypal'

export const disputePage = (gateway: Gateway, ref: string): string =>
  gateway === 'stripe'
    ? `https://dashboard.stripe.com/disputes/${encodeURIComponent(ref)}`
    : `https://www.paypal.com/resolutioncenter/view/${encodeURIComponent(ref)}`

export const paymentPage = (gateway: Gateway, ref: string): string =>
  gateway === 'stripe'
    ? `https://dashboard.stripe.com/payments/${encodeURIComponent(ref)}`
    : `https://www.paypal.com/activity/payment/${encodeURIComponent(ref)}`
