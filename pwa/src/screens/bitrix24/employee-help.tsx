import { For } from 'solid-js'
import { employeesText } from '../../text/employees.ts'
import { t } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { BOXES, EXAMPLES, type Example } from './employees.rules.ts'

/** «Cómo distribuir roles»: what each gives, and examples to begin with. */
export function EmployeeHelp(props: { use: (example: Example) => void; close: () => void }) {
  return (
    <Sheet title={employeesText().help} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-small">{employeesText().helpIntro}</p>
        <dl class="grid gap-2">
          <For each={BOXES}>
            {(box) => (
              <div>
                <dt class="font-semibold">{employeesText().boxes[box]}</dt>
                <dd class="text-small text-ink-2">{employeesText().boxHelp[box]}</dd>
              </div>
            )}
          </For>
        </dl>
        <p class="text-small text-ink-2">{employeesText().seats}</p>
        <h3 class="font-display font-bold">{employeesText().helpExamples}</h3>
        <p class="text-small text-ink-2">{employeesText().helpExamplesNote}</p>
        <ul class="grid gap-3">
          <For each={EXAMPLES}>
            {(example) => (
              <li class="rounded-slip border border-line p-3">
                <p class="font-semibold">{employeesText().examples[example].name}</p>
                <p class="text-small text-ink-2">{employeesText().examples[example].help}</p>
                <Button
                  class="mt-2"
                  aria-label={`${employeesText().use}: ${employeesText().examples[example].name}`}
                  onClick={() => props.use(example)}
                >
                  {employeesText().use}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Sheet>
  )
}
