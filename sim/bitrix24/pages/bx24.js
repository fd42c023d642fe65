/**
 * Stands in for the script of https://api.bitrix24.com/api/v1/: the same names, spoken with the simulated portal's page
 * by postMessage. The frame's name is `DOMAIN|PROTOCOL|APP_SID`, as in life.
 */
;(() => {
  const [domain = '', protocol = '0'] = window.name.split('|')
  const waiting = new Map()
  const listeners = new Map()
  let count = 0
  let data = null
  let opening = null

  const tell = (cmd, params) =>
    new Promise((resolve, reject) => {
      count += 1
      waiting.set(count, { resolve, reject })
      // The parent is the portal: nobody else hears it.
      window.parent.postMessage({ bx24: 'ask', id: count, cmd, params }, `${protocol === '1' ? 'https' : 'http'}://${domain}`)
    })

  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || typeof event.data !== 'object' || event.data === null) return
    const { bx24, id, result, error, name } = event.data
    if (bx24 === 'event') for (const listener of listeners.get(name) ?? []) listener(result)
    const asked = bx24 === 'answer' ? waiting.get(id) : undefined
    if (!asked) return
    waiting.delete(id)
    if (error) asked.reject(error)
    else asked.resolve(result)
  })

  const auth = () =>
    data && {
      ...{ access_token: data.AUTH_ID, refresh_token: data.REFRESH_ID, expires_in: data.AUTH_EXPIRES },
      ...{ domain: data.DOMAIN, member_id: data.MEMBER_ID },
    }

  /** What a method answered, as the real script gives it. */
  class Answer {
    constructor(answer, params, again) {
      this.answer = answer
      this.query = params
      this.again = again
    }
    data() {
      return this.answer.result
    }
    error() {
      const { error, error_description: text } = this.answer
      return error === undefined
        ? undefined
        : { ex: this.answer, getError: () => this.answer, toString: () => `${error}: ${text}` }
    }
    more() {
      return this.answer.next !== undefined
    }
    total() {
      return this.answer.total
    }
    next() {
      if (this.more()) this.again({ ...this.query, start: this.answer.next })
    }
  }

  const callMethod = (method, params, callback) =>
    void tell('callMethod', { method, params: params ?? {} }).then((answer) =>
      callback?.(new Answer(answer, params ?? {}, (next) => callMethod(method, next, callback))),
    )

  const command = ([method, params]) => `${method}?${new URLSearchParams(Object.entries(params ?? {})).toString()}`

  window.BX24 = {
    init(callback) {
      opening ??= tell('getInitData').then((given) => {
        data = given
      })
      void opening.then(callback)
    },
    ready: (callback) =>
      void (document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', callback) : callback()),
    getAuth: () => auth() ?? false,
    refreshAuth: (callback) =>
      void tell('refreshAuth').then((given) => {
        data = { ...data, ...given }
        callback?.(auth())
      }),
    isAdmin: () => data?.IS_ADMIN ?? false,
    getLang: () => data?.LANG ?? 'la',
    getDomain: () => domain,
    callMethod,
    callBatch(calls, callback, halt) {
      const named = Object.entries(calls).map(([name, call]) => [
        name,
        command(Array.isArray(call) ? call : [call.method, call.params]),
      ])
      callMethod('batch', { halt: halt ? 1 : 0, cmd: Object.fromEntries(named) }, (answer) => {
        const { result = {}, result_error: errors = {} } = answer.data() ?? {}
        const each = named.map(([name]) => [name, new Answer(errors[name] ?? { result: result[name] }, {}, () => undefined)])
        callback?.(Object.fromEntries(each))
      })
    },
    installFinish: () => void tell('installFinish'),
    fitWindow: (callback) => {
      const { scrollHeight } = document.documentElement
      void tell('resize', { height: Math.max(scrollHeight, document.body?.scrollHeight ?? 0) }).then(callback)
    },
    resizeWindow: (width, height, callback) => void tell('resize', { width, height }).then(callback),
    getScrollSize: () => ({
      scrollWidth: document.documentElement.scrollWidth,
      scrollHeight: document.documentElement.scrollHeight,
    }),
    scrollParentWindow: (top, callback) => void tell('scroll', { top }).then(callback),
    setTitle: (title, callback) => void tell('setTitle', { title }).then(callback),
    openPath: (path, callback) =>
      void tell('openPath', { path }).then(callback, (error) => callback?.({ result: 'error', errorCode: error })),
    openApplication: (params, callback) => void tell('openApplication', { params }).then(callback),
    closeApplication: (callback) => void tell('closeApplication').then(callback),
    reloadWindow: (callback) => void tell('reload').then(callback),
    im: { openMessenger: (dialog) => void tell('openPath', { path: `/online/?IM_DIALOG=${dialog}` }) },
    placement: {
      info: () => ({ placement: data?.PLACEMENT ?? 'DEFAULT', options: data?.PLACEMENT_OPTIONS ?? {} }),
      getInterface: (callback) => void tell('getInterface').then(callback),
      call: (cmd, params, callback) => void tell('placementCall', { cmd, params }).then(callback),
      bindEvent: (name, listener) => void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    },
  }
})()
