/**
 * Loaded into each app before its own code: when the supervisor is gone without having been able to say so, the channel
 * to it closes, and the app ends as if it had been asked to. Without this an app could outlive its database and hold its
 * port for ever. An app that closes the channel by itself, because it is about to end anyway, is left alone.
 */
const supervisor = process.ppid;

process.once('disconnect', () => {
  const look = setInterval(() => {
    if (process.ppid === supervisor) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 50).unref();
});
