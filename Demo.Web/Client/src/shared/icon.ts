const namespace = 'http://www.w3.org/2000/svg'

const paths = {
  check: 'M5 13l4 4L19 7',
  code: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v1',
  cross: 'M6 6l12 12M18 6L6 18',
  edit: 'M4 20h4L19 9l-4-4L4 16z',
  key: 'M14 10a4 4 0 1 1-3.5-4L20 6v3h-3v3h-3z',
  moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z',
  retry: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  send: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M5 19l1.5-1.5M17.5 6.5L19 5',
  tag: 'M4 4h8l8 8-8 8-8-8zM8 8h.01',
  warning: 'M12 4L2.5 20h19zM12 10v5M12 17.5v.01',
} as const

export type IconName = keyof typeof paths

/** A drawing beside words or in a button that has a name of its own. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(namespace, 'path')
  path.setAttribute('d', paths[name])
  svg.append(path)
  return svg
}
