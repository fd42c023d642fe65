/** What is done to several chats, with its words, in one piece. */
import { loadDeskWorkText } from '../../text/desk-work.ts'
import { loadLabelsText } from '../../text/labels.ts'

export { LeftOut } from '../../left-out.tsx'
export { ChatDragPanel } from '../../chat-drag-panel.tsx'
export { ChooseBar } from './choose-bar.tsx'
export { ChooseHead } from './choose-head.tsx'
export { createHands } from './hands.ts'

export const loadWords = () => Promise.all([loadDeskWorkText(), loadLabelsText()])
