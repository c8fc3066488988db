import assert from 'node:assert/strict'
import { key } from '../admin-server.mjs'
import { Operator, furnish } from '../operator.mjs'

// What an operator comes for, with the clicks it takes at most.
export const tasks = {
  'find who spent most: one click': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    await operator.go('Spend')
    assert.match(await operator.page.getByRole('row').nth(1).innerText(), /^acme\s+\$612\.50/)
    assert.equal(operator.clicks, 1)
    await operator.leave()
    return `${operator.clicks} click`
  },
  'stop a runaway key: five clicks, the last of which says what it does': async ({ browser, server }) => {
    furnish(server)
    server.usage = [['key_000003', 900, 90000], ['key_000001', 3, 300]]
    server.keys[3] = key(3, { name: 'nightly loop' })
    const operator = await Operator.signedIn(browser, server.url)
    await operator.go('Spend')
    await operator.click(operator.page.getByRole('link', { name: 'key', exact: true }))
    await operator.click(operator.page.getByRole('link', { name: 'nightly loop' }))
    await operator.click(operator.page.getByRole('button', { name: 'Disable' }))
    await operator.page.getByText('Every new request with it is refused with 401').waitFor()
    await operator.screenshot('console-confirm')
    await operator.click(operator.page.getByRole('dialog').getByRole('button', { name: 'Disable' }))
    await operator.page.getByText('disabled', { exact: true }).waitFor()
    assert.equal(server.keys[3].status, 'disabled')
    assert.ok(operator.clicks <= 5)
    await operator.leave()
    return `${operator.clicks} clicks`
  },
  'see why p99 rose: three clicks to the slow requests of the target at fault': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    await operator.click(operator.page.getByRole('link', { name: 'Target', exact: true }))
    await operator.click(operator.page.getByRole('button', { name: 'p99' }))
    assert.match(await operator.page.getByRole('row').nth(1).innerText(), /^bedrock\/claude/)
    await operator.click(operator.page.getByRole('link', { name: 'The slowest requests of bedrock/claude' }))
    await operator.page.getByRole('row', { name: /failed 504/ }).first().waitFor()
    assert.ok((await operator.page.getByRole('row').allInnerTexts()).slice(1).every((row) => row.includes('upstream_timeout')))
    assert.ok(operator.clicks <= 3)
    await operator.leave()
    return `${operator.clicks} clicks`
  },
  'roll a bad configuration back: three clicks': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    await operator.go('Configuration')
    await operator.click(operator.page.getByRole('button', { name: 'Roll back', exact: true }))
    await operator.page.getByText(/Gateway:Limits changes from/).waitFor()
    await operator.click(operator.page.getByRole('dialog').getByRole('button', { name: 'Roll back' }))
    await operator.page.getByText('Rolled back: version 3 is in force.').waitFor()
    assert.deepEqual(server.versions.at(-1).overlay, { Limits: { Retries: 1 } })
    assert.equal(server.asked.findLast((one) => one.path === '/admin/config/rollback').headers['if-match'], '"2"')
    assert.ok(operator.clicks <= 3)
    await operator.leave()
    return `${operator.clicks} clicks`
  },
  'compare two variants: one click': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    await operator.go('Experiments')
    const brief = await operator.page.getByRole('row', { name: /^brief/ }).innerText()
    assert.match(brief, /better: −391 ms/)
    assert.match(brief, /better: −\$0\.0020/)
    assert.match(brief, /no difference shown/)
    assert.equal(operator.clicks, 1)
    await operator.leave()
    return `${operator.clicks} click`
  },
}
