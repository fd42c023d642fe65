// Runs before the first paint: what cannot wait for the app's own scripts.
;(function () {
  var kept = {}
  try {
    kept = {
      theme: localStorage.getItem('theme'),
      language: localStorage.getItem('language'),
      tray: localStorage.getItem('tray'),
      me: localStorage.getItem('me'),
      still: localStorage.getItem('still'),
    }
  } catch {
    // Storage may be closed to us; then the system decides.
  }
  // A chosen theme never flashes. src/lib/theme.ts does the rest.
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'

  var here = location.pathname === '/' ? '/chats' : location.pathname
  if (kept.me && kept.still && /^(\?from=notice)?$/.test(location.search))
    showStill(JSON.parse(kept.still), JSON.parse(kept.me).person)
  /** The list or chat as it was left, until the app stands in its place (src/still.ts). Who taps a link in it is led there by the app. */
  function showStill(still, person) {
    if (still.person !== person.id || still.language !== person.language || !still.screens[here]) return
    if (!document.body) return requestAnimationFrame(showStill.bind(null, still, person))
    var box = document.createElement('div')
    box.id = 'still'
    box.setAttribute('aria-hidden', 'true')
    box.innerHTML = still.screens[here]
    box.addEventListener('click', function (event) {
      var link = event.target.closest('a')
      event.preventDefault()
      if (!link) return
      history.pushState(null, '', link.href)
      dispatchEvent(new PopStateEvent('popstate'))
    })
    document.body.append(box)
    var log = box.querySelector('[role=log]')
    if (log) log.scrollTop = log.scrollHeight
  }

  // The first list or the opened chat is asked for while the scripts that draw it are on their way (src/api/early.ts).
  var early = (window.early = {})
  function ask(path) {
    var answer = fetch('/api' + path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(15000) })
    answer.catch(function () {})
    early['/api' + path] = answer
  }
  function preload(rel, file, as) {
    var link = document.createElement('link')
    link.rel = rel
    link.href = file
    if (as) link.as = as
    if (as === 'font') link.crossOrigin = ''
    document.head.append(link)
  }
  var files = document.currentScript.dataset
  // On this phone already: they come at once. On a first visit they come when there is something to read (src/styles/fonts.css).
  if (navigator.serviceWorker && navigator.serviceWorker.controller) {
    document.documentElement.dataset.fonts = ''
    files.fonts.split(' ').forEach(function (file) {
      preload('preload', file, 'font')
    })
  }
  var chat = /^\/chats\/([\w-]+)$/.exec(location.pathname)
  if (chat) {
    ask('/chats/' + chat[1] + '/messages')
    // And its parts, in this phone's words: named here by the build.
    var language = (kept.language || navigator.language).slice(0, 2)
    files.chat.split(' ').forEach(function (file) {
      var words = /\.(es|en|pt)-/.exec(file)
      if (!words || words[1] === language) preload('modulepreload', file)
    })
  } else if (here === '/chats' && !location.search) ask('/chats?tray=' + (kept.tray || 'open'))
})()
