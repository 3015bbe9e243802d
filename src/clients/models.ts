// Which language models this process has: none without a key, and then answers are extractive.
import type { ChatModel } from '../answers/question.ts'
import type { Embedder } from '../documents/ingestion.ts'
import type { QuestionEmbedder } from '../retrieval.ts'
import type { HomeScope } from '#db/scope.ts'

export const chatModel = (_home: HomeScope): ChatModel | null => null
export const questionEmbedder = (_home: HomeScope): QuestionEmbedder => null
export const documentEmbedder = (_tenantId: string): Embedder | null => null
