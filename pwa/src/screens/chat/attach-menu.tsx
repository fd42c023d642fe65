import Camera from 'lucide-solid/icons/camera'
import FileText from 'lucide-solid/icons/file-text'
import Image from 'lucide-solid/icons/image'
import MapPin from 'lucide-solid/icons/map-pin'
import Sticker from 'lucide-solid/icons/sticker'
import UserRound from 'lucide-solid/icons/user-round'
import Volume2 from 'lucide-solid/icons/volume-2'
import type { LucideProps } from 'lucide-solid'
import { createSignal, Match, Switch, type Component } from 'solid-js'
import type { Chat } from '#contract/inbox.ts'
import { cardsText } from '../../text/cards.ts'
import { t } from '../../text/text.ts'
import { Icon } from '../../ui/icon.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { PersonSheet } from './say/person-sheet.tsx'
import { PlaceSheet } from './say/place-sheet.tsx'
import { StickerSheet } from './say/sticker-sheet.tsx'

type What = 'menu' | 'place' | 'person' | 'sticker'

/** What can go beside words: files, each from the system's own chooser, and what is made here. */
export function AttachMenu(props: { chat: Chat; close: () => void; chosen: (files: File[]) => void; sent: () => void }) {
  const [what, setWhat] = createSignal<What>('menu')
  const sent = () => {
    props.close()
    props.sent()
  }

  function take(input: HTMLInputElement) {
    const files = [...(input.files ?? [])]
    props.close()
    if (files.length > 0) props.chosen(files)
  }

  return (
    <Switch>
      <Match when={what() === 'menu'}>
        <Sheet small title={t().composer.attach} closeLabel={t().app.close} close={props.close}>
          <div class="grid grid-cols-2 gap-2 p-4">
            <Source name={t().composer.camera} icon={Camera} accept="image/*" capture take={take} />
            <Source name={t().composer.gallery} icon={Image} accept="image/*" take={take} />
            <Source name={t().composer.documents} icon={FileText} accept="application/pdf,.pdf" take={take} />
            <Source name={t().composer.audios} icon={Volume2} accept="audio/*" take={take} />
          </div>
          <div class="grid grid-cols-3 gap-2 px-4 pb-4">
            <Made name={cardsText().location} icon={MapPin} open={() => setWhat('place')} />
            <Made name={cardsText().contact} icon={UserRound} open={() => setWhat('person')} />
            <Made name={cardsText().sticker} icon={Sticker} open={() => setWhat('sticker')} />
          </div>
        </Sheet>
      </Match>
      <Match when={what() === 'place'}>
        <PlaceSheet chat={props.chat} close={props.close} sent={sent} />
      </Match>
      <Match when={what() === 'person'}>
        <PersonSheet chat={props.chat} close={props.close} sent={sent} />
      </Match>
      <Match when={what() === 'sticker'}>
        <StickerSheet chat={props.chat} close={props.close} sent={sent} />
      </Match>
    </Switch>
  )
}

function Made(props: { name: string; icon: Component<LucideProps>; open: () => void }) {
  return (
    <button
      type="button"
      class="fold-bl flex min-h-20 flex-col items-center justify-center gap-1.5 rounded-card border border-line bg-paper text-small"
      onClick={() => props.open()}
    >
      <Icon of={props.icon} size={24} class="text-anil" />
      {props.name}
    </button>
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
