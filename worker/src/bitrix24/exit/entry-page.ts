/** The page in the phone's own browser that changes the frame's code for a session, and goes on to the app. */
import type { Request } from '../../http/app.ts'
import { dataBlock, ownPage } from '../pages.ts'
import { languageOf, wordsIn } from '../words.ts'

/** Who led here: nobody (the phone opened it), or our own frame. Browsers that do not say are asked on the page. */
const DIRECT = new Set(['none', 'same-origin'])

export function entryPage(c: Request): Response {
  const language = languageOf(/^(pt|en|es)/.exec(c.req.header('accept-language') ?? '')?.[1] ?? null)
  const { title, opening, again, notOpened, exitSpent, enterAs, enter, taken, goOn } = wordsIn(language)
  const words = { opening, again, notOpened, exitSpent, enterAs, enter, taken, goOn }
  const isDirect = DIRECT.has(c.req.header('sec-fetch-site') ?? '')
  const body = `<main><h1>${title}</h1><p id="said" role="status">${opening}</p><p id="doing"></p></main>${dataBlock('entry', { isDirect, words })}<script src="/bitrix24/entry.js"></script>`
  return c.body(ownPage(language, body), 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
}

/** The code is taken out of the address before anything else: it is in no history. */
export const ENTRY_SCRIPT = `'use strict';
(() => {
  const { isDirect, words } = JSON.parse(document.getElementById('entry').textContent);
  const code = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  const filled = (sentence, data) => sentence.replace(/\\{(\\w+)\\}/g, (_, name) => data[name] ?? '');
  const said = document.getElementById('said');
  const say = (sentence, name, run) => {
    said.textContent = sentence;
    const button = document.createElement('button');
    button.textContent = name;
    button.addEventListener('click', run);
    document.getElementById('doing').replaceChildren(button);
  };
  const goOn = () => location.replace('/chats');
  const enter = async (isSure) => {
    said.textContent = words.opening;
    document.getElementById('doing').replaceChildren();
    try {
      const response = await fetch('/bitrix24/entry', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, isDirect, isSure }),
      });
      const answer = await response.json();
      if (answer.state === 'entered') return goOn();
      if (answer.state === 'taken') return say(filled(words.taken, answer), words.goOn, goOn);
      if (answer.state === 'ask') return say(filled(words.enterAs, answer), words.enter, () => void enter(true));
      if (answer.code === 'link_spent') return say(words.exitSpent, words.goOn, goOn);
    } catch {}
    say(words.notOpened, words.again, () => void enter(isSure));
  };
  void enter(false);
})();
`
