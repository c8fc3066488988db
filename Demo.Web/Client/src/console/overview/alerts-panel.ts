import { h } from '../../shared/dom'
import { badge } from '../parts/badge'
import { momentText } from '../parts/moment'
import { Section } from '../parts/section'
import { empty } from '../parts/states'
import { linkTo } from '../place'
import type { AlertList } from '../api/types'
import type { Desk } from '../view'

export function alertsPanel(desk: Desk): Section<unknown> {
  return new Section<unknown>('Alerts', (signal) => desk.admin.get('/admin/alerts', signal), (list) => draw(list as AlertList), h('a', { href: linkTo('alerts') }, 'All'))
}

function draw(list: AlertList): Node {
  return list.data.length === 0
    ? empty('Nothing is wrong', list.recent[0] === undefined ? '' : `The last alert ended ${momentText(list.recent[0].resolved_at ?? '')}: ${list.recent[0].summary}`)
    : h('ul', { class: 'rows' }, ...list.data.map((alert) => h('li', {}, badge(alert.severity, alert.severity === 'critical' ? 'danger' : alert.severity === 'warning' ? 'warn' : ''), ' ', alert.summary, h('span', { class: 'soft' }, ` since ${momentText(alert.started_at)}`))))
}
