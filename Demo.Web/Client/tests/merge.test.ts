import { describe, expect, it } from 'vitest'
import { merge } from '../src/console/configuration/merge'

describe('two changes of one configuration', () => {
  it('are both made where they are of different keys', () => {
    expect(merge({ a: 1, b: { c: 1, d: 1 } }, { a: 2, b: { c: 1, d: 1 } }, { a: 1, b: { c: 1, d: 2 }, e: 3 })).toEqual({ value: { a: 2, b: { c: 1, d: 2 }, e: 3 }, conflicts: [] })
  })

  it('leave mine where both changed the same key, and say which', () => {
    expect(merge({ a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 3 } })).toEqual({ value: { a: { b: 2 } }, conflicts: ['a:b'] })
  })

  it('take out what either took out', () => {
    expect(merge({ a: 1, b: 2 }, { b: 2 }, { a: 1 })).toEqual({ value: {}, conflicts: [] })
  })

  it('are the same whatever order their keys are in', () => {
    expect(merge({}, { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }).conflicts).toEqual([])
  })
})
