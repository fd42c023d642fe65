import type { QuickReply } from '#contract/quick-replies.ts'
import { choosable, createPlaces } from '../../create-places.ts'
import { useDesk } from '../../live/context.ts'
import { quickText } from '../../text/quick.ts'
import { Boxes } from '../../ui/boxes.tsx'

export type Scoped = Pick<QuickReply, 'roles' | 'departments' | 'channels'>

/** For whom a quick reply is. Nothing chosen is everybody; what the caller cannot list stays as it is. */
export function Scope(props: { scoped: Scoped; change: (more: Partial<Scoped>) => void }) {
  const { desk } = useDesk()
  const places = createPlaces()
  return (
    <section class="flex flex-col gap-4">
      <div>
        <h3 class="text-small font-semibold">{quickText().forWhom}</h3>
        <p class="text-meta text-ink-3">{quickText().forWhomHelp}</p>
      </div>
      <Boxes
        label={quickText().roles}
        options={choosable(places()?.roles, props.scoped.roles)}
        chosen={props.scoped.roles}
        choose={(ids) => props.change({ roles: ids })}
      />
      <Boxes
        label={quickText().departments}
        options={choosable(places()?.departments, props.scoped.departments)}
        chosen={props.scoped.departments}
        choose={(ids) => props.change({ departments: ids })}
      />
      <Boxes
        label={quickText().channels}
        options={desk.channels()}
        chosen={props.scoped.channels}
        choose={(ids) => props.change({ channels: ids })}
      />
    </section>
  )
}
