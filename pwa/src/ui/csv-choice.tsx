import FileUp from 'lucide-solid/icons/file-up'
import type { JSX } from 'solid-js'
import { Icon } from './icon.tsx'

/** A button that asks for a table. The same file can be chosen again: it may have been mended meanwhile. */
export function CsvChoice(props: { take: (file: File) => void; children: JSX.Element }) {
  return (
    <label class="button button-outlined relative cursor-pointer self-start">
      <Icon of={FileUp} />
      {props.children}
      <input
        type="file"
        class="absolute inset-0 cursor-pointer opacity-0"
        accept=".csv,text/csv,text/plain"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) props.take(file)
        }}
      />
    </label>
  )
}
