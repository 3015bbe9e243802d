// The product with a language model: what a buyer sees when it fails, and what we add to its first token. `bun bench/model.ts`
import { cpus, loadavg } from 'node:os'
import { freshFolder, startServer } from '../test/support/server.ts'
import { meetFaults } from './model/faults.ts'
import { measureFirstToken } from './model/first-token.ts'
import { modelPeer } from './model/peer.ts'

const peer = modelPeer()
const dataDir = freshFolder()
const env = {
  OPENAI_API_KEY: 'sk-test-of-the-bench',
  OPENAI_BASE_URL: peer.url,
  OPENAI_CHAT_MODEL: 'test-chat',
  OPENAI_EMBEDDING_MODEL: 'test-embedding',
  OPENAI_TIMEOUT_MS: '4000',
  OPENAI_IDLE_TIMEOUT_MS: '1500',
  OPENAI_CONCURRENCY: '200',
  OPENAI_CONCURRENCY_PER_TENANT: '200',
}
const start = () => startServer({ dataDir, env })
const server = await start()
try {
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`)
  console.log('\n| questions at once | first token p50 | p95 | without one |\n|---|---|---|---|')
  for (const { what, p50Ms, p95Ms, failed } of await measureFirstToken(server))
    console.log(`| ${what} | ${p50Ms} ms | ${p95Ms} ms | ${failed} |`)
  const isLeaked = server.output().includes('sk-test-of-the-bench')
  await server.kill('SIGTERM')
  console.log(
    '\n| the model | answered after | stage, mode, citations | the buyer reads | `llm_error_log` |\n|---|---|---|---|---|',
  )
  for (const { fault, ms, stage, mode, citations, shown, logged } of await meetFaults(start, peer))
    console.log(`| ${fault} | ${ms} ms | ${stage}, ${mode}, ${citations} | ${shown}… | ${logged} |`)
  console.log(`\nThe key stands in the log: ${isLeaked ? 'yes' : 'no'}`)
} finally {
  await server.kill('SIGTERM')
  await peer.stop()
}
