import type { ClientField, ClientSource } from '#contract/clients.ts'

export type Settings = Omit<ClientSource, 'hasSecret' | 'rev'>

const field = (key: string, label: string, kind: ClientField['kind'], path: string): ClientField => {
  return { key, label, path, kind, sensitive: false, editable: true }
}

/** What a REST API mostly looks like: to be changed where this one differs. `labels` in the reader's language. */
export function blankSettings(currency: string, labels: { titular: string; saldo: string; mora: string }): Settings {
  return {
    baseUrl: '',
    auth: 'bearer',
    authName: '',
    listPath: '/clients',
    onePath: '/clients/{id}',
    phoneParam: 'phone',
    searchParam: 'q',
    cursorParam: 'cursor',
    itemsPath: 'data',
    nextPath: 'next',
    idPath: 'id',
    phonePath: 'phone',
    versionPath: '',
    writeMethod: 'PATCH',
    currency,
    fields: [
      field('titular', labels.titular, 'text', 'name'),
      field('saldo', labels.saldo, 'money', 'balance'),
      field('mora', labels.mora, 'number', 'days_overdue'),
    ],
  }
}
