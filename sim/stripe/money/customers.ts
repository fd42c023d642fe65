/** Who buys, and the cards that are kept for them. */
import { blank } from '../contract.ts'
import { fieldsOf, textOf } from '../../lib/fields.ts'
import type { Fields } from '../../lib/fields.ts'
import type { Customer, Method } from '../model.ts'
import { makeId, refuse } from '../service.ts'
import type { Stripe } from '../service.ts'
import { found, getMany, getOne, idOf, metadataOf, pageOf, same, textAfter } from '../rest/call.ts'
import type { Operations } from '../rest/call.ts'
import { shown } from '../rest/shown.ts'
import { methodOf } from './cards.ts'
import { attach } from './pay.ts'

const customers = (s: Stripe) => s.tables.customers
const methods = (s: Stripe) => s.tables.methods

export function newCustomer(s: Stripe, given: Fields): Customer {
  const customer: Customer = {
    ...blank('customer'),
    ...{ id: makeId('cus').slice(0, 18), object: 'customer', created: s.now(), balance: 0, livemode: false, metadata: {} },
    ...{ email: null, name: null, delinquent: false, preferred_locales: [], tax_exempt: 'none', next_invoice_sequence: 1 },
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  }
  const made = customers(s).put(withFields(s, customer, given))
  s.tell('customer.created', made)
  const method = textOf(given.payment_method)
  if (method !== undefined) attach(s, methodOf(s, method, made.id), made.id)
  return made
}

function withFields(s: Stripe, customer: Customer, given: Fields): Customer {
  const settings = fieldsOf(given.invoice_settings)
  const wanted = textAfter(settings.default_payment_method, customer.invoice_settings.default_payment_method)
  if (wanted !== null && methods(s).get(wanted)?.customer !== customer.id)
    throw refuse(`The customer does not have a payment method with the ID ${wanted}.`, {
      param: 'invoice_settings[default_payment_method]',
    })
  const texts = ['description', 'email', 'name', 'phone'].filter((name) => given[name] !== undefined)
  return {
    ...customer,
    ...Object.fromEntries(texts.map((name) => [name, textOf(given[name]) ?? null])),
    metadata: metadataOf(given.metadata, customer.metadata),
    invoice_settings: { ...customer.invoice_settings, default_payment_method: wanted },
  }
}

/** A customer who may still be asked; one who was deleted is known by his id alone. */
export function customerOf(s: Stripe, id: unknown, param = 'customer'): Customer {
  const customer = found(customers(s), id, 'customer', param)
  if (customer.deleted === true) throw refuse(`No such customer: '${customer.id}'`, { code: 'resource_missing', param })
  return customer
}

function ofCustomer(s: Stripe, customer: string, type: unknown): Method[] {
  return methods(s)
    .all()
    .filter((method) => method.customer === customer && (type === undefined || method.type === type))
    .toReversed()
}

export const customerOperations: Operations = {
  PostCustomers: ({ s, body }) => shown(s, newCustomer(s, body)),
  GetCustomers: getMany(customers, (row, query) => row.deleted !== true && same<Customer>('email')(row, query)),
  GetCustomersCustomer: (call) => {
    const customer = found(customers(call.s), idOf(call), 'customer')
    return customer.deleted === true ? { id: customer.id, object: 'customer', deleted: true } : shown(call.s, customer)
  },
  PostCustomersCustomer(call) {
    const { s, body } = call
    const changed = customers(s).put(withFields(s, customerOf(s, idOf(call), 'id'), body))
    s.tell('customer.updated', changed)
    return shown(s, changed)
  },
  DeleteCustomersCustomer(call) {
    const { s } = call
    const customer = customerOf(s, idOf(call), 'id')
    s.tell('customer.deleted', customer)
    customers(s).put({ ...customer, deleted: true })
    return { id: customer.id, object: 'customer', deleted: true }
  },
  GetCustomersCustomerPaymentMethods(call) {
    const { s, query, path } = call
    return pageOf(ofCustomer(s, customerOf(s, idOf(call)).id, query.type), query, path)
  },
  GetPaymentMethodsPaymentMethod: getOne(methods, 'PaymentMethod'),
  PostPaymentMethodsPaymentMethodAttach(call) {
    const { s, body } = call
    const customer = customerOf(s, body.customer)
    const method = methodOf(s, idOf(call), null)
    if (method.customer !== null && method.customer !== customer.id)
      throw refuse('The payment method you provided has already been attached to a customer.', {
        code: 'resource_already_exists',
      })
    return shown(s, attach(s, method, customer.id))
  },
  PostPaymentMethodsPaymentMethodDetach(call) {
    const { s } = call
    const method = found(methods(s), idOf(call), 'PaymentMethod')
    if (method.customer === null)
      throw refuse('The payment method you provided is not attached to a customer so detachment is impossible.')
    const customer = customers(s).get(method.customer)
    const detached = methods(s).put({ ...method, customer: null })
    if (customer?.invoice_settings.default_payment_method === method.id)
      customers(s).put({ ...customer, invoice_settings: { ...customer.invoice_settings, default_payment_method: null } })
    s.tell('payment_method.detached', detached)
    return shown(s, detached)
  },
}
