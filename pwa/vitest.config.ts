import solid from 'vite-plugin-solid'
import { configDefaults, defineProject } from 'vitest/config'
import { drawings } from './drawings.ts'

/** The app's tests, in happy-dom with an IndexedDB in memory. Plain rules need neither: vitest.config.ts of the whole. */
export default defineProject({
  plugins: [drawings(), solid()],
  test: {
    name: 'pwa',
    root: import.meta.dirname,
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'tokens.test.ts'],
    exclude: [...configDefaults.exclude, '**/*.rules.test.ts'],
    setupFiles: ['./src/lib/test-setup.ts'],
  },
})
