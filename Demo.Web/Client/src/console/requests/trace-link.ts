import { h } from '../../shared/dom'

const placeholder = '{trace_id}'
let template: string | undefined

/** Learns where traces are shown, from a file that whoever serves the pages may put beside them. */
export async function readSettings(): Promise<void> {
  try {
    const response = await fetch('/console/settings.json')
    const settings = response.ok ? ((await response.json()) as { readonly trace_url?: unknown }) : {}
    template = typeof settings.trace_url === 'string' && /^https?:\/\//.test(settings.trace_url) ? settings.trace_url : undefined
  } catch {
    template = undefined
  }
}

/** The way to a trace, or its id where nobody said where traces are. */
export function traceLink(traceId: string | null): Node | string | null {
  return traceId === null || template === undefined || !/^[0-9a-f]+$/.test(traceId) ? traceId : h('a', { href: template.replace(placeholder, traceId), target: '_blank', rel: 'noopener noreferrer' }, traceId)
}
