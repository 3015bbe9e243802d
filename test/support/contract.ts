// Holds answers of the API against the document that it publishes: status, type and every field, none more.
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

type Schema = Record<string, unknown>
type Answer = { content?: Record<string, { schema: Schema }> }
export type Contract = {
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>
  components: { schemas: Record<string, Schema> }
}
type Asked = { method: string; path: string }

const ROOT = 'contract.json'

/** What is wrong with an answer in words, empty when nothing is. A path that the document does not know is not judged. */
export function judgeOf(published: Contract): (asked: Asked, response: Response) => Promise<string[]> {
  const document = closed(structuredClone(published)) as Contract
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: ROOT, ...document })
  const templates = Object.keys(document.paths).map((path) => ({
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }))
  return async ({ method, path }, response) => {
    const template = templates.find(({ pattern }) => pattern.test(path))?.path
    const operation = template && document.paths[template]?.[method.toLowerCase()]
    if (!template || !operation) return []
    const where = `${method} ${path} answered ${response.status}`
    const answer = operation.responses[response.status]
    if (!answer) return [`${where}, which is not in the contract`]
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    if (!answer.content || type === 'text/event-stream') return []
    if (!answer.content[type]) return [`${where} as ${type || 'nothing'}`]
    const steps = [template, method.toLowerCase(), 'responses', response.status, 'content', type, 'schema']
    const pointer = steps.map((step) => encodeURIComponent(pointed(String(step)))).join('/')
    const validate = ajv.getSchema(`${ROOT}#/paths/${pointer}`)
    if (!validate) throw new Error(`the contract has no schema at ${pointer}`)
    if (validate(await response.json())) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      `${where}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`.trim(),
    )
  }
}

const pointed = (step: string) => step.replaceAll('~', '~0').replaceAll('/', '~1')

/** Clients must bear fields that they do not know, but we add none without saying so. */
function closed(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node
  const schema = node as Schema
  if (schema.type === 'object' && schema.properties) schema.additionalProperties ??= false
  for (const value of Object.values(schema)) closed(value)
  return node
}
