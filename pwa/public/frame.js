// Comes with the page only inside a portal's frame. The session there is a bearer of this page alone, never a cookie: cookies
// of a frame are a third party's, and browsers keep them out.
;(function () {
  var block = document.getElementById('frame')
  var given = JSON.parse(block.textContent)
  block.remove()
  // The portal's form was posted to an address of its own; the app begins where it always does.
  history.replaceState(null, '', '/chats')
  document.documentElement.dataset.ticket = '?t=' + encodeURIComponent(given.ticket)

  function isOurs(url) {
    return url.origin === location.origin && url.pathname.startsWith('/api/')
  }
  function tellOver() {
    var sentence = document.createElement('p')
    sentence.setAttribute('role', 'alert')
    sentence.style.cssText = 'max-width:34rem;margin:20vh auto;padding:0 1.25rem;font:16px/1.5 system-ui,sans-serif'
    sentence.textContent = given.over
    document.body.replaceChildren(sentence)
  }

  var plainFetch = window.fetch.bind(window)
  window.fetch = function (input, init) {
    var request = new Request(input, init)
    if (!isOurs(new URL(request.url))) return plainFetch(request)
    request.headers.set('authorization', 'Bearer ' + given.token)
    return plainFetch(request).then(function (response) {
      if (response.status === 401) tellOver()
      return response
    })
  }

  var plainOpen = XMLHttpRequest.prototype.open
  XMLHttpRequest.prototype.open = function (method, address) {
    plainOpen.apply(this, arguments)
    if (isOurs(new URL(address, location.href))) this.setRequestHeader('authorization', 'Bearer ' + given.token)
  }

  var PlainSocket = window.WebSocket
  window.WebSocket = class extends PlainSocket {
    constructor(address) {
      super(address, ['bearer', given.token])
    }
  }

  // What a service worker fetches by itself would go without the bearer; a frame has the network of its portal anyway.
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register = function () {
      return Promise.reject(new Error('no service worker in a frame'))
    }
  }
})()
