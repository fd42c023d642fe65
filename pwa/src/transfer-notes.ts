import { useNavigate } from '@solidjs/router'
import { onCleanup } from 'solid-js'
import { useDesk } from './live/context.ts'
import { deskWork, loadDeskWorkText } from './text/desk-work.ts'
import { say } from './ui/toast.tsx'

/** Says what became of one's own request, and, to who may decide, that there is a new one. */
export function createTransferNotes(): void {
  const { desk } = useDesk()
  const navigate = useNavigate()
  onCleanup(
    desk.onTransfer((transfer) => {
      const isMine = transfer.askedBy.id === desk.me.person.id
      const isNews = isMine
        ? ['approved', 'denied', 'expired'].includes(transfer.state)
        : transfer.state === 'requested' && desk.may('transfers.decide')
      if (!isNews) return
      // The words come when they are first needed; without a network the list itself will say it.
      loadDeskWorkText().then(
        () => {
          const words = deskWork()
          const name = transfer.contact.name ?? words.noPhoneName
          const said = isMine ? words.heardResult(name, words.states[transfer.state]) : words.heardRequest(transfer.askedBy.name)
          say(said, { name: words.see, run: () => navigate('/transfers') })
        },
        () => undefined,
      )
    }),
  )
}
