/**
 * Loaded before every process that the house starts (`--import`): when the house dies, even by kill -9, the channel to it
 * closes and they leave. A terminal's Ctrl-C is for the house alone, which then asks each of them.
 */
const LEAVE_MS = 5_000

process.on('disconnect', () => {
  setTimeout(() => process.exit(1), LEAVE_MS).unref()
  process.kill(process.pid, 'SIGTERM')
})
// The channel tells us of the parent's death: it must not keep a process alive that has nothing else to do.
process.channel?.unref()
