import { describe, expect, it } from 'vitest'
import { has, withKey } from '../src/console/configuration/key-path'

describe('a key of the configuration', () => {
  it('is taken into what is put as it is in force', () => {
    expect(JSON.parse(withKey({ Limits: { Retries: 1 } }, { Tenants: { acme: { DailyBudgetUsd: 5 } } }, ['Tenants', 'acme']) ?? '')).toEqual({ Limits: { Retries: 1 }, Tenants: { acme: { DailyBudgetUsd: 5 } } })
  })

  it('is an empty object where nothing is in force', () => {
    expect(JSON.parse(withKey({ Tenants: { globex: {} } }, {}, ['Tenants', 'acme']) ?? '')).toEqual({ Tenants: { globex: {}, acme: {} } })
  })

  it('is not taken into what is no object yet', () => {
    expect(withKey(undefined, {}, ['Tenants'])).toBeUndefined()
    expect(has(undefined, ['Tenants'])).toBe(false)
  })
})
