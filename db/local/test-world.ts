/** Where tests find the database that scripts/test-setup.ts started for them. */
import { inject } from 'vitest'

export type TestWorld = {
  /** Signed in as the owner, who sees all accounts. */
  ownerUrl: string
  /** Signed in as the Worker's role, behind row-level security. */
  appUrl: string
  /** What goes into NEON_HTTP_URL. */
  neonUrl: string
  simulators: string
  /** A Stripe of its own, for whoever moves the clock: there it is everybody's. */
  stripeAhead: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    world: TestWorld
  }
}

/** For `*.db.test.ts`; tests inside workerd have the same in their bindings. */
export const testWorld = (): TestWorld => inject('world')
