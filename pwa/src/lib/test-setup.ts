/** Before each file of tests: an IndexedDB in memory and what happy-dom lacks. */
import 'fake-indexeddb/auto'
import { configure } from '@solidjs/testing-library'

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 5_000 })
