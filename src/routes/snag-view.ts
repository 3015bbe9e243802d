// A snag as every page shows it, whoever looks.
import type { SnagRow } from '../snags.ts'

export const snagView = (snag: SnagRow) => ({
  id: snag.id,
  room: snag.room,
  category: snag.category,
  description: snag.description,
  status: snag.status,
  reportedAt: snag.createdAt,
  closedAt: snag.closedAt,
})
