import X from 'lucide-solid/icons/x'
import { createUniqueId, onCleanup, onMount, type JSX } from 'solid-js'
import { IconButton } from './button.tsx'

type SheetProps = {
  title: string
  closeLabel: string
  close: () => void
  children: JSX.Element
  small?: boolean
  actions?: JSX.Element
}

/** What floats over a screen: focus stays inside, Escape and the ground behind close it. Mount it to open it. */
export function Sheet(props: SheetProps) {
  const id = createUniqueId()
  let dialog!: HTMLDialogElement
  const before = document.activeElement
  onMount(() => dialog.showModal())
  onCleanup(() => {
    dialog.close()
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  })
  return (
    <dialog
      ref={dialog}
      class="sheet"
      classList={{ 'sheet-small': props.small === true }}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        props.close()
      }}
      onClick={(event) => event.target === dialog && props.close()}
    >
      <header class="flex items-center gap-2 border-b border-line py-2 pr-2 pl-5">
        <h2 id={id} class="min-w-0 flex-1 text-heading font-bold wrap-anywhere">
          {props.title}
        </h2>
        {props.actions}
        <IconButton label={props.closeLabel} icon={X} onClick={() => props.close()} />
      </header>
      <div class="scroll-thin min-h-0 flex-1 overflow-y-auto overscroll-contain">{props.children}</div>
    </dialog>
  )
}
