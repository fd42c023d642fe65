import { createMemo, For } from 'solid-js'
import { CALLING } from '#contract/countries.ts'
import { language } from '../text/text.ts'
import { Choice } from '../ui/field.tsx'

/** In whose way a number is typed: name and code of the countries that we know. */
export function CountryChoice(props: { label: string; value: string; choose: (code: string) => void; disabled?: boolean }) {
  const options = createMemo(() => {
    const names = new Intl.DisplayNames([language()], { type: 'region' })
    return Object.entries(CALLING).map(([code, calling]) => ({ code, name: `${names.of(code) ?? code} (+${calling})` }))
  })
  return (
    <Choice
      label={props.label}
      value={props.value}
      disabled={props.disabled === true}
      onChange={(event) => props.choose(event.currentTarget.value)}
    >
      <For each={options()}>
        {({ code, name }) => (
          <option value={code} selected={code === props.value}>
            {name}
          </option>
        )}
      </For>
    </Choice>
  )
}

/** The country to begin with: the company's, where we know its way of writing numbers. */
export function firstCountry(company: string): string {
  return company in CALLING ? company : 'EC'
}
