/** Where in the console one is: the page, which thing of it, and how it is looked at. All of it is in the URL's fragment; a credential never is. */
export interface Place {
  readonly page: string
  readonly id?: string
  readonly params: URLSearchParams
}

export type Params = Readonly<Record<string, string | undefined>>

export function readPlace(fragment: string): Place {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?', 2)
  const [page = '', id] = path.split('/').map(decoded)
  return { page, params: new URLSearchParams(query), ...(id === undefined || id === '' ? {} : { id }) }
}

/** A link to a page; what is undefined or empty is left out of it. */
export function linkTo(page: string, params: Params = {}, id?: string): string {
  const stated = Object.entries(params).filter((param): param is [string, string] => param[1] !== undefined && param[1] !== '')
  const query = new URLSearchParams(stated).toString()
  return `#/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query === '' ? '' : `?${query}`}`
}

/** The link to the same place with some of its parameters changed. */
export function linkWith(place: Place, changes: Params): string {
  return linkTo(place.page, { ...Object.fromEntries(place.params), ...changes }, place.id)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
