/** `app.info`: at the authorization server it is the truth, at the portal the portal's word. */
import type { App, Install } from '../model.ts'
import type { Portal } from '../portal.ts'
import type { Methods } from '../service.ts'

export function appInfoOf(portal: Portal, app: App, install: Install): object {
  const { lang, license } = portal.row()
  return {
    ...{ ID: install.appId, CODE: app.code, VERSION: install.version, STATUS: install.status, INSTALLED: install.isFinished },
    ...{ PAYMENT_EXPIRED: install.paymentExpired ? 'Y' : 'N', DAYS: install.daysLeft, LANGUAGE_ID: lang },
    ...{ LICENSE: `${lang}_${license}`, LICENSE_TYPE: license, LICENSE_FAMILY: license.replace(/\d+$/, '') },
  }
}

export const appMethods: Methods = {
  'app.info': { scope: null, run: ({ portal, app, install }) => appInfoOf(portal, app, install) },
}
