import type { FailureText, SessionFailure } from '../failures.ts'

/** Numbers linked like WhatsApp Web, and the history that phones share. */
export const SESSIONS_EN: Record<SessionFailure, FailureText> = {
  session_unlinked: {
    cause: 'The number is not linked with WhatsApp.',
    nextStep: 'Open Numbers, choose the number and link it with the QR code or an eight-letter code.',
  },
  session_logged_out: {
    cause: 'WhatsApp ended the session: somebody removed it from Linked devices, or the phone was offline for 14 days.',
    nextStep: 'Link the number again. Its chats are still here, and new messages wait.',
  },
  session_blocked: {
    cause: 'WhatsApp blocked or restricted this number.',
    nextStep:
      'Open WhatsApp on the phone and read the notice: the review is asked for there. Do not link it again until the phone works.',
  },
  session_replaced: {
    cause: 'Another program opened this very session, and WhatsApp closed ours.',
    nextStep: 'Close the other program and press Reconnect.',
  },
  session_refused: {
    cause: 'WhatsApp no longer accepts the version of our program.',
    nextStep: 'Do nothing: it updates and connects by itself. If it takes more than an hour, tell support.',
  },
  session_away: {
    cause: 'The number lost its connection with WhatsApp and is reconnecting.',
    nextStep: 'Check that the phone has internet. Messages wait and leave by themselves once it is back.',
  },
  session_no_node: {
    cause: 'No session program is running that serves this number.',
    nextStep: 'Start the session program, or tell support. Messages wait.',
  },
  session_number_taken: {
    cause: 'That WhatsApp is linked now in another account of this platform; that is why it was unlinked here.',
    nextStep:
      'If the phone is yours, open WhatsApp › Linked devices on it, log the earlier session out and scan here again. If not, write to support.',
  },
  session_number_own: {
    cause: 'That WhatsApp is another number of your company already; that is why it was unlinked here.',
    nextStep: 'Use that number: its chats are there. To begin anew with this one, archive the other in Numbers first.',
  },
  session_other_number: {
    cause: 'It was scanned with another phone: the chats of this number belong to another WhatsApp.',
    nextStep: 'Scan with the phone of this number, or add a new number for the other one.',
  },
  session_qr_over: {
    cause: 'Nobody scanned the code in time.',
    nextStep: 'Ask for a new code when you have the phone at hand.',
  },
  session_link_refused: {
    cause: 'WhatsApp did not accept to link this device.',
    nextStep: 'Wait an hour and try again: too many tries in a row look like abuse.',
  },
  session_first_contact: {
    cause: 'WhatsApp does not let this number write first to somebody who never wrote.',
    nextStep: 'Wait until the customer writes, or use an official number with a template.',
  },
  history_limit: {
    cause: 'The synchronisation of the phone was requested more often than allowed.',
    nextStep: 'Disconnect the number and connect it again to synchronise once more.',
  },
  history_too_late: {
    cause: 'The synchronisation of the phone can only be requested in the first 24 hours.',
    nextStep: 'Disconnect the number and connect it again to synchronise once more.',
  },
  history_declined: {
    cause: "The company chose not to share its phone's history.",
    nextStep: 'Do nothing: new messages arrive all the same. To bring the history, the number must be connected again.',
  },
}
