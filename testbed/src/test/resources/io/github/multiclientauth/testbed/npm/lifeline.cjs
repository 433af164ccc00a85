// Loaded before the program: ends it as soon as standard input ends, as Lifeline does for Java. The launcher holds the
// other end and writes nothing.
if (process.env.TESTBED_LIFELINE) {
  // Not for its own children: their standard input may be none, and they end with the program.
  delete process.env.TESTBED_LIFELINE;
  const end = () => process.kill(process.pid, 'SIGKILL');
  process.stdin.on('end', end).on('error', end).resume();
  // A program that has nothing more to do ends by itself.
  process.stdin.unref();
}
