// Puts load on one address, as a process of its own: what the server costs is then the server's alone. Prints JSON.
// @ts-expect-error it comes without types
import autocannon from 'autocannon'

type Job = {
  url: string
  headers: Record<string, string>[]
  connections: number
  seconds?: number
  amount?: number
}
type Outcome = {
  requests: { total: number }
  '2xx': number
  errors: number
  timeouts: number
  latency: { p50: number; p97_5: number; p99: number }
}

const job = JSON.parse(process.argv[2] ?? '') as Job
const result: Outcome = await autocannon({
  url: job.url,
  connections: job.connections,
  ...(job.amount ? { amount: job.amount } : { duration: job.seconds }),
  requests: job.headers.map((headers) => ({ method: 'GET', headers })),
})
console.log(
  JSON.stringify({
    requests: result.requests.total,
    good: result['2xx'],
    errors: result.errors + result.timeouts,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  }),
)
