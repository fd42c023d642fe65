import Download from 'lucide-solid/icons/download'
import { Show } from 'solid-js'
import type { PaperTold } from '#contract/papers.ts'
import { callForFile } from './api/call.ts'
import { createAction } from './api/create-action.ts'
import * as api from './api/paper-endpoints.ts'
import { saveFile } from './lib/copy.ts'
import { papersText } from './text/papers.ts'
import { language } from './text/text.ts'
import { Button } from './ui/button.tsx'

/** Our own receipt or credit note of a movement, as a file. */
export function PaperButton(props: { movementId: string; paper: PaperTold }) {
  const action = createAction()
  const name = () => [papersText().kinds[props.paper.kind], props.paper.number].filter(Boolean).join(' ')
  async function save() {
    const { movementId } = props
    const { blob, headers } = await callForFile(api.downloadPaper, { movementId, language: language() })
    const [, file = 'recibo.pdf'] = /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '') ?? []
    saveFile(file, blob)
  }
  return (
    <>
      <Button kind="quiet" icon={Download} busy={action.busy()} onClick={() => void action.run(save)}>
        {name()}
      </Button>
      <p role="alert" class="basis-full text-small text-cochinilla empty:hidden">
        {action.error()}
      </p>
    </>
  )
}

/** What the gateway itself has made of a payment: it opens beside the app. */
export function GatewayPapers(props: { receiptUrl: string | null; invoiceUrl: string | null }) {
  return (
    <>
      <Outside href={props.receiptUrl} name={papersText().gatewayReceipt} />
      <Outside href={props.invoiceUrl} name={papersText().gatewayInvoice} />
    </>
  )
}

function Outside(props: { href: string | null; name: string }) {
  return (
    <Show when={props.href}>
      {(href) => (
        <a class="button button-quiet !text-anil" href={href()} target="_blank" rel="noopener noreferrer">
          {props.name}
        </a>
      )}
    </Show>
  )
}
