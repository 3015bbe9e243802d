// What a piece of work costs this process: time on the processor, which other programs on a busy machine do not add to.

/** Milliseconds of processor time, all threads, from the start of the work to its end. */
export async function processorMsOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
