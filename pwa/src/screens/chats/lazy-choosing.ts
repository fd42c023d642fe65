import { lazyPart } from '../../lib/lazy-part.ts'
import { loadDeskWorkText } from '../../text/desk-work.ts'
import { loadLabelsText } from '../../text/labels.ts'

/** What is done to several chats comes with its words, when somebody first chooses. */
export const LazyChooseBar = lazyPart(async () => {
  const [{ ChooseBar }] = await Promise.all([import('./choose-bar.tsx'), loadDeskWorkText(), loadLabelsText()])
  return { default: ChooseBar }
})

export const LazyLeftOut = lazyPart(async () => {
  const [{ LeftOut }] = await Promise.all([import('../../left-out.tsx'), loadDeskWorkText()])
  return { default: LeftOut }
})

export const LazyDragPanel = lazyPart(async () => {
  const [{ ChatDragPanel }] = await Promise.all([import('../../chat-drag-panel.tsx'), loadDeskWorkText()])
  return { default: ChatDragPanel }
})
