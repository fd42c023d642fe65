import { lazy } from 'solid-js'
import { loadDeskWorkText } from '../../text/desk-work.ts'
import { loadLabelsText } from '../../text/labels.ts'

/** What is done to several chats comes with its words, when somebody first chooses. */
export const LazyChooseBar = lazy(async () => {
  const [{ ChooseBar }] = await Promise.all([import('./choose-bar.tsx'), loadDeskWorkText(), loadLabelsText()])
  return { default: ChooseBar }
})

export const LazyLeftOut = lazy(async () => {
  const [{ LeftOut }] = await Promise.all([import('../../left-out.tsx'), loadDeskWorkText()])
  return { default: LeftOut }
})

export const LazyDragPanel = lazy(async () => {
  const [{ ChatDragPanel }] = await Promise.all([import('../../chat-drag-panel.tsx'), loadDeskWorkText()])
  return { default: ChatDragPanel }
})
