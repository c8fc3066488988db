import assert from 'node:assert/strict'
import { until } from '../../browser.mjs'
import { Operator } from '../operator.mjs'

const places = ['', '?by=target', '?by=alias&range=24h', '?range=7d', 'requests', 'spend', 'spend?by=key', 'keys', 'tenants', 'models', 'configuration', 'flags', 'experiments', 'batches', 'products', 'alerts']

async function makeKey(operator, name) {
  const { page } = operator
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Tenant').fill('console-tests')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const secret = await page.locator('#secret').innerText()
  await page.getByRole('button', { name: 'I have it' }).click()
  return secret
}

const ask = (webUrl, secret, words) => fetch(`${webUrl}v1/chat/completions`, {
  method: 'POST',
  headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'phi-3-mini', messages: [{ role: 'user', content: words }], max_tokens: 8 }),
})

// Before the whole system: nothing here stands in for anything.
export const live = {
  'a key made here calls a model, its request appears in the log, and it is stopped at once': async ({ browser, webUrl, adminKey }) => {
    const operator = await Operator.signedIn(browser, webUrl.replace(/\/$/, ''), '#/keys', {}, adminKey)
    const { page } = operator
    const secret = await makeKey(operator, 'runaway of the tests')
    await operator.go('Requests')
    await page.getByLabel('Search requests').fill('console-tests')
    const answer = await ask(webUrl, secret, 'Hello')
    assert.equal(answer.status, 200)
    const requestId = answer.headers.get('x-request-id')
    await page.getByRole('row', { name: /console-tests/ }).first().getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(requestId).waitFor()
    await dialog.getByRole('link', { name: /^key_/ }).click()
    await page.getByRole('heading', { name: /runaway of the tests/ }).waitFor()
    await page.getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await page.getByText('disabled', { exact: true }).waitFor()
    await until(async () => (await ask(webUrl, secret, 'Again')).status, (status) => status === 401, 'the refusal')
    await operator.screenshot('console-live-key')
    await operator.leave()
  },
  'a configuration is put, in force, and rolled back; a wrong one is refused with its key': async ({ browser, webUrl, adminKey }) => {
    const operator = await Operator.signedIn(browser, webUrl.replace(/\/$/, ''), '#/configuration', {}, adminKey)
    const { page } = operator
    const editor = page.getByLabel('What is put over gateway.json')
    const inForce = async () => (await (await fetch(`${webUrl}admin/config`, { headers: { authorization: `Bearer ${adminKey}` } })).json()).gateway.Limits.MaxRetryAfterSeconds
    await page.getByRole('heading', { name: 'History' }).waitFor()
    const before = await inForce()
    await editor.fill('{"Limits": {"MaxRetryAfterSeconds": "soon"}}')
    await page.getByRole('button', { name: 'Validate' }).click()
    await page.getByRole('alert').getByRole('button', { name: /Limits:MaxRetryAfterSeconds/ }).waitFor()
    await editor.fill('{"Limits": {"MaxRetryAfterSeconds": 2}}')
    await page.getByRole('button', { name: 'Validate' }).click()
    await page.getByRole('row', { name: /Gateway:Limits:MaxRetryAfterSeconds/ }).waitFor()
    await page.getByRole('button', { name: 'Put in force' }).click()
    await page.getByText('Gateway:Limits:MaxRetryAfterSeconds changes from').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Put in force' }).click()
    await page.getByText('Version 1 is in force.').first().waitFor()
    assert.equal(await inForce(), 2)
    await page.getByRole('button', { name: 'Roll back', exact: true }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await page.getByText('Rolled back: version 2 is in force.').waitFor()
    assert.equal(await inForce(), before)
    await operator.leave()
  },
  'products are brought in, and searched as an agent does': async ({ browser, webUrl, adminKey }) => {
    const operator = await Operator.signedIn(browser, webUrl.replace(/\/$/, ''), '#/products', {}, adminKey)
    const { page } = operator
    await page.getByRole('button', { name: /^Make a key/ }).click()
    await page.getByText('A key of tenant console is made').waitFor()
    await page.getByLabel('Words').fill('keyboard')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByText('What the agent reads').waitFor()
    assert.ok((await page.getByRole('table', { name: 'Products found' }).getByRole('row').count()) > 1)
    assert.match(await page.locator('details pre').innerText(), /found/)
    await operator.leave()
  },
  'every page shows what the system has, with nothing gone wrong': async ({ browser, webUrl, adminKey }) => {
    const operator = await Operator.signedIn(browser, webUrl.replace(/\/$/, ''), '', {}, adminKey)
    for (const place of places) {
      await operator.page.evaluate((fragment) => { location.hash = fragment }, `#/${place}`)
      await operator.page.locator('main h1').waitFor()
      await until(() => operator.page.locator('main [aria-busy=true]').count(), (busy) => busy === 0, place)
      assert.deepEqual(await operator.page.getByRole('alert').allInnerTexts(), [], place)
      await operator.screenshot(`console-live-${place.replaceAll(/\W+/g, '-') || 'overview'}`)
    }

    assert.equal(await operator.page.locator('#live').innerText(), 'Live')
    await operator.leave()
  },
}
