import X from 'lucide-solid/icons/x'
import { deskWork } from '../../text/desk-work.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Choosing } from './create-choosing.ts'

/** In place of the title while one chooses, as high as it: how many, all that are loaded, and the way out. */
export function ChooseHead(props: { choosing: Choosing; order: readonly string[] }) {
  return (
    <div class="flex min-h-16 items-center gap-1 pr-2 pl-2">
      <IconButton label={deskWork().chooseEnd} icon={X} onClick={() => props.choosing.end()} />
      <h1 class="min-w-0 flex-1 truncate text-heading font-bold" aria-live="polite">
        {deskWork().chosen(props.choosing.chats().length)}
      </h1>
      <Button kind="quiet" class="!text-anil" onClick={() => props.choosing.add(props.order)}>
        {deskWork().chooseAll}
      </Button>
    </div>
  )
}
