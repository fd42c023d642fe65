/**
 * On a phone: one tap opens the app in the phone's own browser, signed in. Inside Bitrix24's app there are no notifications of ours,
 * no microphone and no home screen. A code is made when it is tapped, since it is good for a minute alone.
 */
export type ExitWords = { open: string; openAgain: string; notOpened: string; close: string }

const STYLE = `#exit{display:none}@media (width<640px){
#exit{position:fixed;inset:0 0 auto;height:48px;z-index:30;display:flex;gap:4px;align-items:center;padding:0 4px 0 12px;box-sizing:border-box;background:var(--surface);border-bottom:1px solid var(--line)}
#exit>*{min-height:44px;font:600 .9375rem/1.2 var(--font-sans,sans-serif);color:var(--anil);background:none;border:0;border-radius:8px}
#exit>:first-child{flex:1;min-width:0;display:flex;align-items:center;text-align:left;text-decoration:none}
#exit>button:last-child{min-width:44px;font-size:1.25rem}
#exit~#root{position:relative;top:48px;height:calc(100dvh - var(--kb,0px) - 48px)}}`

/** Puts the offer above the app. `plain`: the page's own way of asking, with the bearer of the frame. */
export function offerExit(words: ExitWords, token: string): void {
  const plainFetch = window.fetch.bind(window)
  const ask = async (): Promise<string> => {
    const response = await plainFetch('/bitrix24/exit', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    if (!response.ok) throw new Error(String(response.status))
    const { address }: { address: string } = await response.json()
    return address
  }
  addEventListener('DOMContentLoaded', () => document.body.prepend(barOf(words, ask)), { once: true })
}

function barOf(words: ExitWords, ask: () => Promise<string>): HTMLElement {
  const bar = document.createElement('aside')
  bar.id = 'exit'
  const style = document.createElement('style')
  style.textContent = STYLE
  document.head.append(style)
  const open = document.createElement('button')
  open.textContent = words.open
  const close = document.createElement('button')
  close.textContent = '×'
  close.ariaLabel = words.close
  close.addEventListener('click', () => bar.remove())
  open.addEventListener('click', () => {
    void ask().then(
      (address) => window.open(address, '_blank') ?? offerLink(bar, open, address, words),
      () => (open.textContent = words.notOpened),
    )
  })
  bar.append(open, close)
  return bar
}

/** A browser that opens nothing by itself opens what is tapped: the same code, as a link. */
function offerLink(bar: HTMLElement, open: HTMLElement, address: string, words: ExitWords): void {
  const link = document.createElement('a')
  Object.assign(link, { href: address, target: '_blank', rel: 'noopener', textContent: words.openAgain })
  link.addEventListener('click', () => link.replaceWith(open))
  bar.replaceChild(link, open)
}
