// Runs before the first paint: what cannot wait for the app's own scripts.
;(function () {
  var kept = {}
  try {
    kept = {
      theme: localStorage.getItem('theme'),
      language: localStorage.getItem('language'),
      tray: localStorage.getItem('tray'),
    }
  } catch {
    // Storage may be closed to us; then the system decides.
  }
  // A chosen theme never flashes. src/lib/theme.ts does the rest.
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'

  // The first list or the opened chat is asked for while the scripts that draw it are on their way (src/api/early.ts).
  var early = (window.early = {})
  function ask(path) {
    var answer = fetch('/api' + path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(15000) })
    answer.catch(function () {})
    early['/api' + path] = answer
  }
  var chat = /^\/chats\/([\w-]+)$/.exec(location.pathname)
  if (chat) {
    ask('/chats/' + chat[1] + '/messages')
    // And its parts, in this phone's words: named here by the build.
    var language = (kept.language || navigator.language).slice(0, 2)
    document.currentScript.dataset.chat.split(' ').forEach(function (file) {
      var words = /\.(es|en|pt)-/.exec(file)
      if (words && words[1] !== language) return
      var link = document.createElement('link')
      link.rel = 'modulepreload'
      link.href = file
      document.head.append(link)
    })
  } else if (/^\/(chats)?$/.test(location.pathname) && !location.search) ask('/chats?tray=' + (kept.tray || 'open'))
})()
