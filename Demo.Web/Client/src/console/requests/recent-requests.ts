import { h } from '../../shared/dom'
import { DataTable } from '../parts/data-table'
import { Section } from '../parts/section'
import { linkTo, type Params } from '../place'
import { requestColumns } from './request-columns'
import { showRequest } from './request-dialog'
import type { LoggedRequest, Page } from '../api/types'
import type { Desk } from '../view'

const shown = 10

/** The last requests of something, with the way to all of them. */
export function recentRequests(desk: Desk, filter: Readonly<Record<string, string>>): Section<unknown> {
  const params: Params = filter
  return new Section<unknown>('Last requests', (signal) => desk.admin.get(`/admin/requests?${new URLSearchParams({ ...filter, limit: String(shown) }).toString()}`, signal), (page) => {
    const table = new DataTable<LoggedRequest>({ caption: 'Last requests', columns: requestColumns(showRequest), emptyTitle: 'No requests yet' })
    table.rows = (page as Page<LoggedRequest>).data
    return table.element
  }, h('a', { href: linkTo('requests', params) }, 'All'))
}
