/** Before each file of tests: an IndexedDB in memory and what happy-dom lacks. */
import 'fake-indexeddb/auto'
