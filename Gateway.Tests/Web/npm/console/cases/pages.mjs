import assert from 'node:assert/strict'
import { until } from '../../browser.mjs'
import { loggedRequest } from '../admin-server.mjs'
import { Operator, furnish } from '../operator.mjs'

export const pages = {
  'a key is made, shown this once, changed, rotated and revoked': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/keys')
    const { page } = operator
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByLabel('Name', { exact: true }).fill('new team')
    await page.getByLabel('Requests a minute').fill('60')
    await page.getByLabel('US dollars').fill('5')
    await page.getByRole('button', { name: 'Make the key' }).click()
    await page.getByText('This is the only time it is shown').waitFor()
    await page.getByRole('button', { name: 'I have it' }).click()
    assert.ok(!(await page.content()).includes('sk-gw-secret-of-'))
    const made = JSON.parse(server.asked.findLast((one) => one.method === 'POST').body)
    assert.deepEqual(made, { name: 'new team', limits: { requests_per_minute: 60, requests_per_day: null, tokens_per_minute: null, concurrent_requests: null }, budget: { usd: 5, period: 'month' } })

    await page.getByRole('link', { name: 'new team' }).click()
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('Owner').fill('ann@example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('ann@example.com').waitFor()
    assert.deepEqual(JSON.parse(server.asked.findLast((one) => one.method === 'PATCH').body), { owner: 'ann@example.com' })

    await page.getByRole('button', { name: 'Rotate' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click()
    await page.getByText('sk-gw-rotated-').waitFor()
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('This cannot be undone').waitFor()
    await page.getByRole('button', { name: 'Revoke for good' }).click()
    await page.getByText('revoked', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Rotate' }).count(), 0)
    await operator.leave()
  },
  'a tenant leads to its keys, and to its limits in the configuration': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/tenants')
    const { page } = operator
    await page.getByRole('row', { name: /^acme \$612\.50 40,211/ }).waitFor()
    await page.getByRole('link', { name: 'keys of globex' }).click()
    await page.getByText('20', { exact: true }).waitFor()
    assert.equal(await page.getByRole('row', { name: /acme/ }).count(), 0)
    await page.getByRole('link', { name: 'tenant: globex, take this filter away' }).click()
    await page.getByText('40', { exact: true }).waitFor()
    await operator.go('Tenants')
    await page.getByRole('link', { name: 'limits of acme' }).click()
    const editor = page.getByLabel('What is put over gateway.json')
    await until(() => editor.inputValue(), (text) => text.includes('acme'), 'the tenant')
    assert.deepEqual(JSON.parse(await editor.inputValue()), { ...server.versions.at(-1).overlay, Tenants: { acme: {} } })
    assert.equal(server.versions.length, 2)
    await operator.leave()
  },
  'requests appear as they end, until one pauses': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/requests?tenant=acme')
    const { page } = operator
    await until(() => server.listeners, (count) => count > 0, 'the stream')
    assert.match(server.asked.findLast((one) => one.path.startsWith('/admin/requests/stream')).path, /tenant=acme/)
    server.tell('requests', 'request', loggedRequest(9001, { error: 'just_now' }))
    await page.getByRole('row', { name: /just_now/ }).waitFor()
    const frame = page.getByRole('region', { name: 'Requests' })
    await frame.evaluate((element) => { element.scrollTop = 2000 })
    const seen = await until(() => frame.evaluate((element) => document.elementFromPoint(element.getBoundingClientRect().x + 60, element.getBoundingClientRect().y + 200).closest('tr').getAttribute('aria-rowindex')), (row) => Number(row) > 40, 'the row')
    Array.from({ length: 500 }, (_, i) => server.tell('requests', 'request', loggedRequest(10_000 + i, { error: 'many_at_once' })))
    await until(() => frame.evaluate((element) => document.elementFromPoint(element.getBoundingClientRect().x + 60, element.getBoundingClientRect().y + 200).closest('tr').getAttribute('aria-rowindex')), (row) => Number(row) === Number(seen) + 500, 'the same row')
    await page.getByRole('button', { name: 'Pause' }).click()
    await until(() => server.listeners, (count) => count === 0, 'the end of the stream')
    await operator.leave()
  },
  'what fails to load says why and is tried again': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    server.isAway = true
    await operator.click(operator.page.getByRole('link', { name: 'Models', exact: true }))
    await operator.page.getByText('The gateway does not answer').waitFor()
    server.isAway = false
    await operator.page.getByRole('heading', { name: 'gpt-4o' }).waitFor()
    await operator.leave()
  },
  'where there is nothing it says so, and what to do': async ({ browser, server }) => {
    const operator = await Operator.signedIn(browser, server.url)
    for (const [place, words] of [['keys', 'No key is like that'], ['requests', 'No request is like that'], ['models', 'No models'], ['experiments', 'No experiments'], ['batches', 'No batches'], ['alerts', 'Nothing is wrong'], ['spend', 'Nothing was used in this time']]) {
      await operator.page.evaluate((fragment) => { location.hash = fragment }, `#/${place}`)
      await operator.page.getByText(words).first().waitFor()
    }

    await operator.leave()
  },
  'a batch is cancelled, a flag switched, after one was told what that does': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/batches')
    const { page } = operator
    await page.getByRole('button', { name: 'Cancel batch_1' }).click()
    await page.getByText('2,900 are left').waitFor()
    await page.getByRole('button', { name: 'Cancel the batch' }).click()
    await page.getByText('cancelled', { exact: true }).waitFor()
    await operator.go('Flags')
    await page.getByRole('switch', { name: 'Retries' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    assert.equal(server.flags[0].enabled, true)
    await page.getByRole('switch', { name: 'Retries' }).click()
    await page.getByRole('button', { name: 'Switch off' }).click()
    await until(() => server.flags[0].enabled, (isOn) => !isOn, 'the flag')
    await operator.leave()
  },
  'a feed is imported, and the rows that were left out are told': async ({ browser, server }) => {
    server.imported = { object: 'catalogue.import', products: 1198, left_out: 2, rows: [{ line: 7, reason: 'it has no price' }, { line: 9, reason: 'its price is negative' }], seconds: 0.4 }
    const operator = await Operator.signedIn(browser, server.url, '#/products')
    const { page } = operator
    await page.getByLabel('Feed').setInputFiles({ name: 'parts.csv', mimeType: 'text/csv', buffer: Buffer.from('part_no,name\n1,x\n') })
    await page.getByLabel('Columns of a CSV file').fill('part_no=id\nname=title')
    await page.getByRole('button', { name: 'Import' }).click()
    await page.getByText('It takes the place of the whole catalogue').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('row', { name: /9.*its price is negative/ }).waitFor()
    const asked = server.asked.findLast((one) => one.method === 'POST')
    assert.equal(asked.path, '/admin/products/import?format=csv&map=part_no%3Did&map=name%3Dtitle')
    assert.equal(asked.body, 'part_no,name\n1,x\n')
    await operator.leave()
  },
}
