/**
 * Into which files the app is built. In two hundred small ones it weighed a fifth more, and the shell and the service worker
 * had to name them all. What is opened together is put together in src/later/ and src/text/; this is about what is shared.
 */
import type { Rolldown } from 'vite'

export const PIECES: Rolldown.CodeSplittingGroup[] = [
  // What every start loads.
  { name: 'shell', tags: ['$initial'] },
  // What nearly every later part needs: how words are found, the rows of the contract, sheets and fields.
  {
    name: 'common',
    test: /\/src\/(text\/(?!(en|es|pt|channel|rules|team|quick|outbox|privacy|portals|portal-health|employees|subscriptions|operator|operator-money|rates|reconciliation|unpaid)\.)[\w-]+\.ts|api\/(endpoints|create-action)|lib\/create-read|ui\/(sheet|menu|field)\.)/,
  },
  // The ways in, alone: who has no session yet waits for nothing else.
  { name: 'sign-in', test: /\/src\/screens\/sign-in\/(sign-in-screen|code-step)/ },
  // A chat, whole: it is fetched at once, and comes before anything else that is opened.
  { name: 'chat', test: /\/src\/screens\/chat\/chat-screen\.tsx/ },
  // What few messages are: one file for all of it.
  { name: 'slip-cards', test: /\/src\/screens\/chat\/(slip-cards|strange-card|late-file|typing-line|missing-values)\./ },
  { name: 'screens', test: /\/src\/later-screens\.ts/ },
  { name: 'frame', test: /\/src\/shell-lines\.tsx/ },
  { name: 'hands', test: /\/src\/screens\/chats\/choosing-parts\.ts/ },
  { name: 'contact', test: /\/src\/contact\/contact-sheet\.tsx/ },
  // What pages about money share: no chat waits for it.
  { name: 'admin-money', test: /\/src\/(amounts\.rules|price-words|api\/gateway)\./ },
  // Writes tables for the administration.
  { name: 'admin-tables', test: /\/node_modules\/(write-excel-file|fflate)\// },
  // What other parts share.
  { name: 'shared', test: /\/(src|lucide-solid)\//, minShareCount: 2 },
]
