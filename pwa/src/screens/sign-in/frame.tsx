import { For, type JSX } from 'solid-js'
import { language, setLanguage, t } from '../../text/text.ts'
import { Segment } from '../../ui/chip.tsx'
import { Cloth } from '../../ui/weave.tsx'

const LANGUAGE_NAMES = { es: 'Español', en: 'English', pt: 'Português' } as const

/** What every screen before the desk looks like: the mark, a title, a card, and the languages. */
export function Frame(props: { title: string; help?: JSX.Element; children: JSX.Element }) {
  return (
    <main class="scroll-thin flex h-full justify-center overflow-y-auto px-5 py-10">
      <div class="m-auto w-full max-w-96">
        <Cloth />
        <h1 class="mt-5 text-title font-bold tracking-[-0.02em] wrap-anywhere">{props.title}</h1>
        <p class="mt-2 text-ink-2 empty:hidden">{props.help}</p>
        {props.children}
        <div role="group" aria-label={t().signIn.language} class="mt-6 flex flex-wrap justify-center gap-x-1">
          <For each={['es', 'en', 'pt'] as const}>
            {(code) => (
              <Segment chosen={language() === code} choose={() => void setLanguage(code)}>
                <span lang={code}>{LANGUAGE_NAMES[code]}</span>
              </Segment>
            )}
          </For>
        </div>
      </div>
    </main>
  )
}

export const CARD = 'fold-bl mt-8 flex flex-col gap-5 rounded-card border border-line bg-surface p-5'
