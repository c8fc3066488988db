import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { h } from '../../shared/dom'
import type { Points } from '../api/types'

export interface Line {
  readonly name: string
  readonly points: Points
}

export interface ChartOptions {
  readonly title: string
  readonly format: (value: number) => string
  /** Zooms to what was drawn across, in Unix seconds. */
  readonly zoomed?: (from: number, to: number) => void
}

const height = 200
const colours = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6']
const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [12, 4]]

/** Lines over time, with what they are at the pointer beneath. Without a pointer they say what they were last. */
export class Chart {
  readonly element: HTMLElement
  readonly #place = h('div', { class: 'chart-place' })
  readonly #legend = h('ul', { class: 'legend' })
  readonly #sized = new ResizeObserver(() => { this.#fit() })
  readonly #themed = new MutationObserver(() => { this.#plot?.redraw() })
  readonly #system = matchMedia('(prefers-color-scheme: dark)')
  readonly #redraw = () => { this.#plot?.redraw() }
  #plot: uPlot | undefined
  #lines: readonly Line[] = []
  #times: readonly number[] = []

  constructor(private readonly options: ChartOptions) {
    this.element = h('figure', { class: 'chart' }, h('figcaption', {}, options.title), this.#place, this.#legend)
    this.#sized.observe(this.#place)
    this.#themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    this.#system.addEventListener('change', this.#redraw)
  }

  show(times: readonly number[], lines: readonly Line[]): void {
    const isSame = lines.length === this.#lines.length && lines.every((line, i) => line.name === this.#lines[i]?.name)
    this.#lines = lines
    this.#times = times
    this.#place.setAttribute('role', 'img')
    this.#place.setAttribute('aria-label', `${this.options.title}: ${lines.map((line) => `${line.name} ${this.#last(line)}`).join(', ')}`)
    const data = [[...times], ...lines.map((line) => [...line.points])] as uPlot.AlignedData
    if (this.#plot !== undefined && isSame) {
      this.#plot.setData(data)
    } else {
      this.#plot?.destroy()
      this.#plot = new uPlot(this.#uplotOptions(), data, this.#place)
    }

    this.#tell(null)
  }

  leave(): void {
    this.#sized.disconnect()
    this.#themed.disconnect()
    this.#system.removeEventListener('change', this.#redraw)
    this.#plot?.destroy()
  }

  #uplotOptions(): uPlot.Options {
    const axis = { stroke: () => token('--soft'), grid: { stroke: () => token('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' }
    return {
      width: Math.max(200, this.#place.clientWidth),
      height,
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 6 } },
      scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] } },
      axes: [{ ...axis, size: 32, values: (_, splits) => splits.map(clock) }, { ...axis, size: 64, values: (_, splits) => splits.map(this.options.format) }],
      series: [{}, ...this.#lines.map((_, i) => ({ stroke: () => token(colours[i % colours.length] ?? ''), width: 1.75, dash: dashes[i % dashes.length] ?? [], points: { show: true, size: 4, fill: () => token(colours[i % colours.length] ?? ''), filter: (plot: uPlot, series: number) => alone(plot.data[series] ?? []) }, spanGaps: false }))],
      hooks: {
        setCursor: [(plot) => { this.#tell(plot.cursor.idx ?? null) }],
        setSelect: [(plot) => {
          if (plot.select.width > 4) {
            const [from, to] = [plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x')]
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
            this.options.zoomed?.(Math.floor(from), Math.ceil(to))
          }
        }],
      },
    }
  }

  #tell(index: number | null): void {
    const time = index === null ? undefined : this.#times[index]
    this.#legend.replaceChildren(
      ...this.#lines.map((line, i) => {
        const value = index === null ? null : (line.points[index] ?? null)
        return h('li', { class: `series-${i % colours.length}` }, line.name, ' ', h('b', {}, index === null ? this.#last(line) : value === null ? '–' : this.options.format(value)))
      }),
      h('li', { class: 'legend-time' }, time === undefined ? 'latest' : `${new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    )
  }

  #last(line: Line): string {
    const value = line.points.findLast((point) => point !== null) ?? null
    return value === null ? '–' : this.options.format(value)
  }

  #fit(): void {
    const width = this.#place.clientWidth
    if (this.#plot !== undefined && width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height })
    }
  }
}

// What has nothing beside it has no line to be seen by.
function alone(points: uPlot.AlignedData[number]): number[] {
  return [...points.keys()].filter((i) => isThere(points[i]) && !isThere(points[i - 1]) && !isThere(points[i + 1]))
}

function isThere(point: number | null | undefined): boolean {
  return point !== null && point !== undefined
}

// 21:40, and the day at midnight.
function clock(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString()
  return iso.slice(11, 16) === '00:00' ? iso.slice(5, 10) : iso.slice(11, 16)
}

// light-dark() is resolved by the browser only where it is a colour of something.
const probe = h('span', { class: 'hidden', 'aria-hidden': 'true' })

function token(name: string): string {
  if (!probe.isConnected) {
    document.body.append(probe)
  }

  probe.style.color = `var(${name})`
  return getComputedStyle(probe).color
}
