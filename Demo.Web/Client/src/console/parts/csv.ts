import { h } from '../../shared/dom'

/** What is a column to a table and to a file. */
export interface Exported<Row> {
  readonly title: string
  readonly text: (row: Row) => string
}

export function toCsv<Row>(columns: readonly Exported<Row>[], rows: readonly Row[]): string {
  return [columns.map((column) => field(column.title)), ...rows.map((row) => columns.map((column) => field(column.text(row))))].map((line) => `${line.join(',')}\r\n`).join('')
}

export function csvButton(name: string, csv: () => string | Promise<string>): HTMLButtonElement {
  return h('button', { type: 'button', class: 'button quiet small', onclick: () => void Promise.resolve(csv()).then((text) => { save(`${name}.csv`, text, 'text/csv;charset=utf-8') }) }, 'CSV')
}

export function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  h('a', { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}

// A text that a spreadsheet would take for a formula stays a text there; a number with a sign is none.
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
