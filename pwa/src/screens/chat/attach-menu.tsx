import Camera from 'lucide-solid/icons/camera'
import FileText from 'lucide-solid/icons/file-text'
import Image from 'lucide-solid/icons/image'
import Volume2 from 'lucide-solid/icons/volume-2'
import type { LucideProps } from 'lucide-solid'
import type { Component } from 'solid-js'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'

/** From where a file comes. Each row is the system's own chooser. */
export function AttachMenu(props: { close: () => void; chosen: (files: File[]) => void }) {
  function take(input: HTMLInputElement) {
    const files = [...(input.files ?? [])]
    props.close()
    if (files.length > 0) props.chosen(files)
  }
  return (
    <Sheet small title={t().composer.attach} closeLabel={t().app.close} close={props.close}>
      <div class="grid grid-cols-2 gap-2 p-4">
        <Source name={t().composer.camera} icon={Camera} accept="image/*" capture take={take} />
        <Source name={t().composer.gallery} icon={Image} accept="image/*" take={take} />
        <Source name={t().composer.documents} icon={FileText} accept="application/pdf,.pdf" take={take} />
        <Source name={t().composer.audios} icon={Volume2} accept="audio/*" take={take} />
      </div>
    </Sheet>
  )
}

type SourceProps = {
  name: string
  icon: Component<LucideProps>
  accept: string
  capture?: boolean
  take: (input: HTMLInputElement) => void
}

function Source(props: SourceProps) {
  return (
    <label class="fold-bl relative flex min-h-24 flex-col items-center justify-center gap-2 rounded-card border border-line bg-paper focus-within:outline-3 focus-within:outline-focus">
      <Icon of={props.icon} size={26} class="text-anil" />
      {props.name}
      <input
        type="file"
        class="absolute inset-0 size-full cursor-pointer opacity-0"
        accept={props.accept}
        multiple={!props.capture}
        {...(props.capture ? { capture: 'environment' as const } : {})}
        aria-label={props.name}
        onChange={(event) => props.take(event.currentTarget)}
      />
    </label>
  )
}
