/** How the desk works, in one file. */
export { default as ClientSourceScreen } from '../screens/client-source/client-source-screen.tsx'
export { default as DeadLettersScreen } from '../screens/settings/dead-letters-screen.tsx'
export { default as LabelsScreen } from '../screens/labels/labels-screen.tsx'
export { default as LogScreen } from '../screens/settings/log-screen.tsx'
export { default as QuickRepliesScreen } from '../screens/quick-replies/quick-replies-screen.tsx'
export { default as RulesScreen } from '../screens/rules/rules-screen.tsx'
export { default as TemplatesScreen } from '../screens/templates/templates-screen.tsx'
