/** The billing portal as the API opens it: what a customer may do there, and one visit. */
import { blank } from '../contract.ts'
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { PortalConfiguration } from '../model.ts'
import { makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { customerOf } from '../money/customers.ts'
import { found, getMany, getOne, idOf, metadataOf, same } from '../rest/call.ts'
import type { Call, Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'

const configurations = (s: Stripe) => s.tables.portalConfigurations
const FEATURES = [
  'customer_update',
  'invoice_history',
  'payment_method_update',
  'subscription_cancel',
  'subscription_update',
] as const

function featuresOf(given: Fields, before: Fields): Fields {
  const empty = blank('BillingPortal.Configuration.Features')
  const merged = FEATURES.map((name) => [name, { ...fieldsOf(empty[name]), ...fieldsOf(before[name]), ...fieldsOf(given[name]) }])
  const pause = given.subscription_pause ?? before.subscription_pause
  return {
    ...Object.fromEntries(merged),
    ...(pause !== undefined && { subscription_pause: { enabled: fieldsOf(pause).enabled === true } }),
  }
}

function newConfiguration(s: Stripe, body: Fields, isDefault: boolean): PortalConfiguration {
  const configuration = configurations(s).put({
    ...blank('billing_portal.configuration'),
    ...{
      id: makeId('bpc'),
      object: 'billing_portal.configuration',
      created: s.now(),
      updated: s.now(),
      active: true,
      livemode: false,
    },
    ...{ is_default: isDefault, default_return_url: textOf(body.default_return_url) ?? null, name: textOf(body.name) ?? null },
    ...{ metadata: metadataOf(body.metadata), login_page: { enabled: false, url: null } },
    business_profile: { ...blank('BillingPortal.Configuration.BusinessProfile'), ...fieldsOf(body.business_profile) },
    features: featuresOf(fieldsOf(body.features), {}),
  })
  s.tell('billing_portal.configuration.created', configuration)
  return configuration
}

/** The first one stands for all visits that name none. */
function defaultOf(s: Stripe): PortalConfiguration {
  const known = configurations(s)
    .all()
    .find((one) => one.is_default)
  if (!known)
    throw refuse(
      'No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings.',
    )
  return known
}

function open({ s, body }: Call): Fields {
  const customer = customerOf(s, body.customer)
  const configuration =
    body.configuration === undefined
      ? defaultOf(s)
      : found(configurations(s), body.configuration, 'configuration', 'configuration')
  if (!configuration.active) throw refuse(`The configuration \`${configuration.id}\` is not active.`, { param: 'configuration' })
  const id = makeId('bps')
  const visit = s.tables.portals.put({
    ...blank('billing_portal.session'),
    ...{ id, object: 'billing_portal.session', created: s.now(), livemode: false, customer: customer.id },
    ...{ configuration: configuration.id, locale: textOf(body.locale) ?? null, flow: null },
    return_url: textOf(body.return_url) ?? textOf(configuration.default_return_url) ?? null,
    url: `${s.sim.origin()}/stripe/portal/${id}`,
  })
  return shown(s, visit)
}

export const portalOperations: Operations = {
  PostBillingPortalConfigurations: ({ s, body }) => shown(s, newConfiguration(s, body, configurations(s).size() === 0)),
  GetBillingPortalConfigurations: getMany(configurations, same('active', 'is_default')),
  GetBillingPortalConfigurationsConfiguration: getOne(configurations, 'configuration'),
  PostBillingPortalConfigurationsConfiguration(call) {
    const { s, body } = call
    const before = found(configurations(s), idOf(call), 'configuration')
    const changed = configurations(s).put({
      ...before,
      ...{ updated: s.now(), active: typeof body.active === 'boolean' ? body.active : before.active },
      ...{
        metadata: metadataOf(body.metadata, metadataOf(before.metadata)),
        features: featuresOf(fieldsOf(body.features), before.features),
      },
      ...(body.default_return_url !== undefined && { default_return_url: textOf(body.default_return_url) ?? null }),
    })
    s.tell('billing_portal.configuration.updated', changed)
    return shown(s, changed)
  },
  PostBillingPortalSessions: open,
}
