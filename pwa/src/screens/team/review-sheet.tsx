import ArrowRight from 'lucide-solid/icons/arrow-right'
import Undo2 from 'lucide-solid/icons/undo-2'
import { For, Show } from 'solid-js'
import { team } from '../../text/team.ts'
import { t } from '../../text/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { Action } from '../../api/create-action.ts'
import { roleName } from '../../text/role-name.ts'
import { cellName } from './role-cell.tsx'
import type { Diff } from './roles.rules.ts'

type ReviewSheetProps = {
  diffs: readonly Diff[]
  action: Action
  undo: (diff: Diff) => void
  apply: () => void
  close: () => void
}

/** Every staged change in words, before anybody feels it. */
export function ReviewSheet(props: ReviewSheetProps) {
  return (
    <Sheet title={team().roles.reviewTitle} closeLabel={t().app.close} close={props.close}>
      <div class="flex flex-col gap-4 p-5">
        <p class="text-small text-ink-2">{team().roles.reviewHelp}</p>
        <ul class="grid gap-2">
          <For each={props.diffs} fallback={<li class="text-small text-ink-2">{team().roles.nothingLeft}</li>}>
            {(diff) => (
              <li class="flex items-center gap-2 rounded-slip border border-line py-1 pr-1 pl-3" data-diff={diff.permission}>
                <div class="min-w-0 flex-1">
                  <p class="text-meta text-ink-3">{roleName(diff.role)}</p>
                  <p class="font-semibold">{team().permissions[diff.permission].name}</p>
                  <p class="flex flex-wrap items-center gap-1.5 text-small">
                    <del class="text-ink-2">{cellName(diff.permission, diff.before)}</del>
                    <Icon of={ArrowRight} size={16} />
                    <ins class="font-semibold text-anil no-underline">{cellName(diff.permission, diff.after)}</ins>
                  </p>
                </div>
                <IconButton
                  icon={Undo2}
                  label={team().roles.undo(team().roles.cell(team().permissions[diff.permission].name, roleName(diff.role)))}
                  onClick={() => props.undo(diff)}
                />
              </li>
            )}
          </For>
        </ul>
        <Show when={props.action.error()}>
          <p role="alert" class="text-small text-cochinilla">
            {props.action.error()}
          </p>
        </Show>
        <Button kind="primary" disabled={props.diffs.length === 0} busy={props.action.busy()} onClick={() => props.apply()}>
          {team().roles.apply}
        </Button>
      </div>
    </Sheet>
  )
}
