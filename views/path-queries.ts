// What stands in the query of the addresses that have filters.

export type AdminJobsQuery = {
  kind?: string | undefined
  state?: string | undefined
  tenant?: string | undefined
  cursor?: string | undefined
  action?: string | undefined
  done?: string | undefined
  refused?: string | undefined
}

export type HomesQuery = {
  development?: string | undefined
  q?: string | undefined
  house_type?: string | undefined
  phase?: string | undefined
  status?: string | undefined
  handed_over?: string | undefined
  missing?: string | undefined
  active?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
}

export type SnagsQuery = {
  development?: string | undefined
  status?: string | undefined
  category?: string | undefined
  house_type?: string | undefined
  done?: string | undefined
  cursor?: string | undefined
}

export type HomeownersQuery = {
  development?: string | undefined
  q?: string | undefined
  house_type?: string | undefined
  handed_over?: string | undefined
  joined?: string | undefined
  active?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
}

export type SiteMapQuery = {
  development?: string | undefined
  status?: string | undefined
  position?: string | undefined
  home?: string | undefined
  cursor?: string | undefined
  done?: string | undefined
}

export type PlacesQuery = {
  development?: string | undefined
  category?: string | undefined
  edit?: string | undefined
  done?: string | undefined
}

export type ActivityQuery = {
  area?: string | undefined
  who?: string | undefined
  cursor?: string | undefined
}

export type FactsQuery = {
  development?: string | undefined
  house_type?: string | undefined
  edit?: string | undefined
  done?: string | undefined
}
