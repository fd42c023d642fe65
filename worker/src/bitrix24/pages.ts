/** Pages for a portal's frame: the installer, and a sentence where the app itself cannot be shown. Nothing secret stands in them. */
import type { Language } from '#contract/ids.ts'
import { framePolicy } from '../http/headers.ts'
import { settingsOf, type Env } from '../lib/env.ts'
import { wordsIn } from './words.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Data for the page's script: `<` would end the element. */
export const dataBlock = (id: string, data: object): string =>
  `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#fbfaf7;color:#1f2430}main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.375rem;line-height:1.3;margin:0 0 .75rem}p{margin:0 0 1rem}form{border-top:1px solid #dcd8cf;padding-top:1.25rem;margin-top:1.25rem}
button,input{font:inherit;min-height:44px;border-radius:10px;padding:0 1rem;box-sizing:border-box}
button{background:#2c3a91;color:#fff;border:0;cursor:pointer}button.second{background:none;color:#2c3a91;border:1px solid #2c3a91}button[disabled]{opacity:.6}
input{border:1px solid #8a8577;background:#fff;color:inherit;width:100%;margin:.25rem 0 .75rem;text-transform:uppercase;letter-spacing:.1em}
label{display:block}.hint{color:#5b5f6b}[role=alert]{color:#a3261b}[hidden]{display:none}
@media (prefers-color-scheme:dark){body{background:#15171d;color:#eceae4}.hint{color:#a9adb8}button{background:#8d9bf0;color:#10131c}button.second{color:#b9c2f7;border-color:#b9c2f7}input{background:#1e212a}[role=alert]{color:#ff9c92}form{border-color:#343845}}`

/** Where the script is with which a page speaks to the portal around it. */
function bx24Script(env: Env): string {
  const { production, bitrix24 } = settingsOf(env)
  const isReal = production || bitrix24.oauth.startsWith('https:')
  return isReal ? 'https://api.bitrix24.com/api/v1/' : `${bitrix24.oauth}/api/v1/`
}

/** Headers of a page in the frame of this portal (an origin that was checked). */
export function frameHeaders(env: Env, portal: string | null): Record<string, string> {
  const script = new URL(bx24Script(env)).origin
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': framePolicy(portal ?? '', script),
    'cache-control': 'no-store',
  }
}

/** `scripts`: where the page does something. */
function page(env: Env, language: Language, body: string, scripts = ''): string {
  const bx24 = scripts === '' ? '' : `<script src="${escaped(bx24Script(env))}"></script>${scripts}`
  return ownPage(language, `<main>${body}</main>${bx24}`)
}

/** A page that needs nothing of the app. */
export function ownPage(language: Language, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${wordsIn(language).title}</title><style>${STYLE}</style></head><body>${body}</body></html>`
}

/** One sentence, and what to do next is in it. */
export function sentencePage(env: Env, language: Language, sentence: string): string {
  return page(env, language, `<h1>${wordsIn(language).title}</h1><p>${escaped(sentence)}</p>`)
}

/** The last step of an installation: `ticket` null where it is known whose the portal is, else what proves who chooses. */
export function installerPage(env: Env, language: Language, ticket: string | null, isComplete: boolean): string {
  const words = wordsIn(language)
  const choice = `<h1>${words.chooseTitle}</h1><p>${words.choose}</p>
<button id="begin" type="button">${words.begin}</button><p class="hint">${words.beginHint}</p>
<form id="join"><label>${words.code}<input id="code" autocomplete="off" maxlength="12" required></label><p class="hint">${words.joinHint}</p>
<button class="second">${words.join}</button></form><p role="alert" id="problem" hidden></p>`
  const body = ticket === null ? `<h1>${isComplete ? words.done : words.incomplete}</h1>` : choice
  const { done, failed, codeWrong, incomplete } = words
  const data = dataBlock('install', { ticket, words: { done, failed, codeWrong, incomplete } })
  return page(env, language, body, `${data}<script src="/bitrix24/installer.js"></script>`)
}

/** Runs in the installer's page: the choice, then the end of the installation. Once: the portal opens the app then. */
export const INSTALLER_SCRIPT = `'use strict';
(() => {
  const { ticket, words } = JSON.parse(document.getElementById('install').textContent);
  const main = document.querySelector('main');
  const finish = (sentence) => {
    const title = document.createElement('h1');
    title.textContent = sentence;
    main.replaceChildren(title);
    BX24.init(() => BX24.installFinish());
  };
  if (ticket === null) return BX24.init(() => BX24.installFinish());
  const problem = document.getElementById('problem');
  const buttons = document.querySelectorAll('button');
  const choose = async (choice) => {
    problem.hidden = true;
    for (const button of buttons) button.disabled = true;
    try {
      const response = await fetch('/bitrix24/install/choice', {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket, ...choice }),
      });
      const answer = await response.json();
      if (response.ok) return finish(answer.complete ? words.done : words.incomplete);
      problem.textContent = answer.code === 'link_spent' ? words.codeWrong : words.failed;
    } catch {
      problem.textContent = words.failed;
    }
    problem.hidden = false;
    for (const button of buttons) button.disabled = false;
  };
  document.getElementById('begin').addEventListener('click', () => void choose({ begins: true }));
  document.getElementById('join').addEventListener('submit', (event) => {
    event.preventDefault();
    void choose({ code: document.getElementById('code').value });
  });
  BX24.init(() => BX24.fitWindow && BX24.fitWindow());
})();
`
