import solid from 'vite-plugin-solid'
import { defineProject } from 'vitest/config'
import { drawings } from './drawings.ts'

/** The app's tests: plain rules and components alike, in happy-dom with an IndexedDB in memory. */
export default defineProject({
  plugins: [drawings(), solid()],
  test: {
    name: 'pwa',
    root: import.meta.dirname,
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'tokens.test.ts'],
    setupFiles: ['./src/lib/test-setup.ts'],
  },
})
