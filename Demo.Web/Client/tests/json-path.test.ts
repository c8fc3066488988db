import { describe, expect, it } from 'vitest'
import { offsetOf, pathAt } from '../src/console/configuration/json-path'

const at = (marked: string) => pathAt(marked.replace('|', ''), marked.indexOf('|'))

describe('the path at the caret', () => {
  it('is that of the key whose value is typed', () => {
    expect(at('{"Limits": {"Retries": 1|')).toEqual(['Limits', 'Retries'])
    expect(at('{"Limits": {"Retries": 1}, |')).toEqual([])
    expect(at('{"Limits": {"Retr|')).toEqual(['Limits', 'Retr'])
  })

  it('counts the items of lists', () => {
    expect(at('{"Models": {"m": {"Targets": [{"Provider": "a"}, {"Provider": "|b"}]}}}')).toEqual(['Models', 'm', 'Targets', '1', 'Provider'])
  })

  it('is not led astray by what stands in texts', () => {
    expect(at('{"a": "},{\\"x\\":", "b": |')).toEqual(['b'])
  })
})

describe('where a key stands', () => {
  it('is found by its name, whatever its case', () => {
    const text = '{\n  "Limits": { "Retries": 99 }\n}'
    expect(text.slice(offsetOf(text, 'Gateway:limits:retries'))).toMatch(/^"Retries"/)
  })

  it('is the nearest above it where it is not there itself', () => {
    const text = '{"Models": {"m": {}}}'
    expect(text.slice(offsetOf(text, 'Gateway:Models:m:Targets'))).toMatch(/^"m"/)
    expect(offsetOf(text, 'Gateway:Limits:Retries')).toBeUndefined()
  })
})
