// Preloaded into every supervised Node process: when the supervisor dies without a goodbye (kill -9) the channel closes,
// and the process stops as for Ctrl-C instead of living on without an owner.
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
