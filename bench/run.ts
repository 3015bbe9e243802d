// `bun run bench [topic…] [--option…]`: runs the topics named, or all but the long ones, one after the other, each in its
// own process; what begins with the first option goes to each of them.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = import.meta.dir
const NOT_A_TOPIC = new Set(['run.ts', 'results.ts', 'demonstration.ts'])
/** Asked for by name: they take a quarter of an hour and more. */
const LONG = new Set(['faults', 'fuzz', 'growth', 'kill', 'soak'])

const topics = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && !NOT_A_TOPIC.has(name))
  .map((name) => name.replace(/\.ts$/, ''))
  .sort()
const words = process.argv.slice(2)
const firstOption = words.findIndex((word) => word.startsWith('--'))
const wanted = firstOption === -1 ? words : words.slice(0, firstOption)
const options = words.slice(wanted.length)
if (options.includes('--help')) {
  console.log(
    `bun run bench [topic…] [--option…]. Topics: ${topics.join(', ')}. By name only: ${[...LONG].join(', ')}.`,
  )
  process.exit(0)
}
const unknown = wanted.filter((topic) => !topics.includes(topic))
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${topics.join(', ')}.`)
  process.exit(2)
}

const failed: string[] = []
for (const topic of wanted.length > 0 ? wanted : topics.filter((each) => !LONG.has(each))) {
  console.log(`\n── ${topic}`)
  const child = Bun.spawn([process.execPath, join(FOLDER, `${topic}.ts`), ...options], {
    stdout: 'inherit',
    stderr: 'inherit',
    env: process.env,
  })
  if ((await child.exited) !== 0) failed.push(topic)
}
if (failed.length > 0) console.error(`\nMissed a target or failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
