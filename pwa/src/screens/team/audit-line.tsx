import ChevronDown from 'lucide-solid/icons/chevron-down'
import { For, Show } from 'solid-js'
import type { AuditEntry } from '#contract/audit.ts'
import { exactTime, clockTime } from '../../text/format.ts'
import { team } from '../../text/team.ts'
import { Icon } from '../../ui/icon.tsx'
import { changeRows } from './audit.rules.ts'
import { auditSentence, fieldName, valueText } from './audit-words.ts'

/** One entry: who did what, when, and what it was before. */
export function AuditLine(props: { entry: AuditEntry }) {
  const rows = () => changeRows(props.entry)
  return (
    <li class="fold-bl min-w-0 rounded-slip border border-line bg-surface px-4 py-3">
      <p class="wrap-anywhere">{auditSentence(props.entry)}</p>
      <p class="nums text-meta text-ink-3">
        <time dateTime={props.entry.at} title={exactTime(props.entry.at)}>
          {clockTime(props.entry.at)}
        </time>{' '}
        · {team().audit.entry(props.entry.n)}
      </p>
      <Show when={rows().length > 0}>
        <details class="group mt-1">
          <summary class="inline-flex min-h-11 items-center gap-1 text-small font-semibold text-anil">
            {team().audit.changes}
            <Icon of={ChevronDown} size={16} class="transition-transform group-open:rotate-180" />
          </summary>
          <div class="overflow-x-auto">
            <table class="w-full text-left text-small">
              <thead>
                <tr class="text-meta text-ink-3">
                  <th scope="col" class="py-1 pr-3 font-semibold">
                    {team().audit.field}
                  </th>
                  <th scope="col" class="py-1 pr-3 font-semibold">
                    {team().audit.before}
                  </th>
                  <th scope="col" class="py-1 font-semibold">
                    {team().audit.after}
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={rows()}>
                  {(row) => (
                    <tr class="align-top [&>*]:border-t [&>*]:border-line [&>*]:py-1.5 [&>*]:pr-3">
                      <th scope="row" class="font-semibold">
                        {fieldName(row.field)}
                      </th>
                      <td class="wrap-anywhere text-ink-2">{valueText(row.field, row.before)}</td>
                      <td class="wrap-anywhere">{valueText(row.field, row.after)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
          <p class="mt-1 font-mono text-meta break-all text-ink-3">
            {team().audit.hash}: {props.entry.hash}
          </p>
        </details>
      </Show>
    </li>
  )
}
