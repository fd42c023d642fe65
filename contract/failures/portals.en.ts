/** Portals of Bitrix24, in English. */
import type { FailureText, PortalFailure } from '../failures.ts'

export const PORTALS_EN: Record<PortalFailure, FailureText> = {
  portal_unreachable: {
    cause: 'The Bitrix24 portal does not answer.',
    nextStep:
      'Nothing to do: it is delivered in order when the portal is back. If it lasts, see whether the portal opens in a browser.',
  },
  portal_busy: {
    cause: 'The Bitrix24 portal gets more requests than its plan allows.',
    nextStep: 'Nothing to do: it is delivered in order, little by little.',
  },
  portal_overloaded: {
    cause: 'Bitrix24 has stopped requests to this portal for overload.',
    nextStep: 'It is tried every few minutes. If it lasts more than an hour, write to Bitrix24 support.',
  },
  portal_method_limit: {
    cause: 'Bitrix24 gives each method a working time in ten minutes, and that of this request is used up.',
    nextStep: 'Nothing to do: it is delivered in order when Bitrix24 allows it again.',
  },
  portal_earlier: {
    cause: 'It waits for an earlier message of the same chat to be delivered.',
    nextStep: 'Read the cause of the first one that waits in that chat: the others follow it, in order.',
  },
  portal_line_inactive: {
    cause: 'The open line is not active, or this number is not connected to it.',
    nextStep:
      'Check the number in Settings › Bitrix24 and the open line in the Contact Center. What waits is delivered as soon as it works.',
  },
  portal_access: {
    cause: 'The Bitrix24 portal does not let the application in.',
    nextStep: 'An administrator of the portal has to open WhatsappB24 in Bitrix24. What waits is delivered then.',
  },
  portal_unpaid: {
    cause: "The Bitrix24 portal's plan does not allow applications, or has ended.",
    nextStep: 'Renew the plan in Bitrix24. What waits is delivered then.',
  },
  portal_gone: {
    cause: 'The Bitrix24 portal is closed.',
    nextStep: 'Ask Bitrix24 whether the portal still exists.',
  },
  portal_refused: {
    cause: 'The open line did not accept the message.',
    nextStep: 'Read what the portal said. The message is complete in WhatsappB24.',
  },
  portal_answer_lost: {
    cause: 'The request left for the portal, but its answer did not come.',
    nextStep: 'We look in the portal whether the message is there, and repeat it only if it is not.',
  },
  portal_unconfirmed: {
    cause: 'The request left for the portal and nobody answered: it cannot be known whether it was taken.',
    nextStep: 'Look in Bitrix24 and decide: it did arrive, send again or discard. It is never repeated by itself.',
  },
  portal_paused: {
    cause: 'Taking messages to Bitrix24 is paused for this number.',
    nextStep: 'Resume it in Settings › Bitrix24 › Health: they are delivered in order.',
  },
  portal_event_missed: {
    cause:
      'An operator wrote it in Bitrix24, the portal never told us, and when we found it, it was too late to send it unasked.',
    nextStep: 'Open the chat and write it again if it is still needed.',
  },
  portal_file_pending: {
    cause: 'Its file is still being fetched from WhatsApp.',
    nextStep: 'Nothing to do. If it takes more than a minute, the text goes first and the file follows.',
  },
}
