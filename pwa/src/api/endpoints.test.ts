import { expect, test } from 'vitest'
import { API } from '#contract/api.ts'
import * as alertRows from './alert-endpoints.ts'
import * as billingRows from './billing-endpoints.ts'
import * as rows from './endpoints.ts'
import * as operatorRows from './operator-endpoints.ts'
import * as paperRows from './paper-endpoints.ts'
import * as portalRows from './portal-endpoints.ts'
import * as privacyRows from './privacy-endpoints.ts'
import * as reconciliationRows from './reconciliation-endpoints.ts'
import * as rateRows from './rate-endpoints.ts'
import * as subscriptionRows from './subscription-endpoints.ts'

test('every row is the one of the contract, method and path', () => {
  const contract = new Map(Object.entries(API).map(([name, { method, path }]) => [name.split('.')[1], { method, path }]))
  const all = {
    ...rows,
    ...portalRows,
    ...privacyRows,
    ...billingRows,
    ...alertRows,
    ...subscriptionRows,
    ...operatorRows,
    ...paperRows,
    ...reconciliationRows,
    ...rateRows,
  }
  for (const [name, row] of Object.entries(all)) expect({ name, ...row }).toEqual({ name, ...contract.get(name) })
})
