import { expect, it } from 'vitest'
import { formatDuration, formatPrice, formatUsd } from '../src/shared/format'

it.each([
  [0, '$0'],
  [0.000000001, '$0.000000001'],
  [0.000012345, '$0.000012'],
  [0.0021, '$0.0021'],
  [0.5, '$0.50'],
  [12.345, '$12.35'],
])('%s US dollars are %s', (usd, shown) => {
  expect(formatUsd(usd)).toBe(shown)
})

it.each([
  [84.6, '85 ms'],
  [1234, '1.23 s'],
  [12_345, '12.3 s'],
])('%s ms are %s', (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown)
})

it('a price is shown as its currency has it, one of an unknown currency as it is', () => {
  expect(formatPrice(49.9, 'USD')).toBe('$49.90')
  expect(formatPrice(5000, 'JPY')).toBe('¥5,000')
  expect(formatPrice(1, '<b>')).toBe('1.00 <b>')
})
