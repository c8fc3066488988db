import { describe, expect, it } from 'vitest'
import { toCsv } from '../src/console/parts/csv'

const columns = [{ title: 'name', text: (row: string) => row }]

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', '\'=1+1'],
    ['-1.5', '-1.5'],
    ['-1+2', '\'-1+2'],
  ])('of %j is %j', (text, cell) => {
    expect(toCsv(columns, [text])).toBe(`name\r\n${cell}\r\n`)
  })
})
