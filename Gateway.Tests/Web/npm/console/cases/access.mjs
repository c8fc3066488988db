import assert from 'node:assert/strict'
import { until } from '../../browser.mjs'
import { adminKey } from '../admin-server.mjs'
import { Operator, furnish } from '../operator.mjs'

const secrets = (page) => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state]))

export const access = {
  'a credential that does not do is told why in words': async ({ browser, server }) => {
    const operator = await Operator.arrive(browser, server.url)
    const alert = operator.page.getByRole('alert')
    await operator.signIn('mistyped')
    await alert.getByText('This credential is not accepted').waitFor()
    await operator.signIn('api-key')
    await alert.getByText('does not let you administer the gateway').waitFor()
    server.isAway = true
    await operator.signIn(adminKey)
    await alert.getByText('The gateway does not answer').waitFor()
    server.isAway = false
    server.isBucket = true
    await operator.signIn(adminKey)
    await alert.getByText('There is no admin API at this address').waitFor()
    server.isBucket = false
    await operator.signIn(adminKey)
    await operator.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await operator.leave()
  },
  'the credential is in memory only: not in storage, not in the address, gone when loaded anew': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/keys?query=bot')
    await operator.page.getByRole('row', { name: /support bot/ }).first().waitFor()
    assert.ok(!(await secrets(operator.page)).includes(adminKey))
    await operator.page.reload()
    await operator.page.getByLabel('Admin key or token').waitFor()
    assert.equal(await operator.page.getByLabel('Admin key or token').inputValue(), '')
    await operator.leave()
  },
  'an address leads whoever is sent it to the same view': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url)
    await operator.go('Requests')
    await operator.page.getByRole('link', { name: 'Failed' }).click()
    await operator.page.getByLabel('Search requests').fill('upstream')
    await until(() => operator.page.url(), (url) => url.includes('text=upstream'), 'the address')
    const other = await Operator.signedIn(browser, server.url, new URL(operator.page.url()).hash)
    await other.page.getByRole('row', { name: /failed 504/ }).first().waitFor()
    assert.equal(await other.page.getByLabel('Search requests').inputValue(), 'upstream')
    assert.equal(await other.page.getByRole('row', { name: /ok 200/ }).count(), 0)
    await operator.leave()
    await other.leave()
  },
  'a credential that expires while one works is asked for anew, and nothing typed is lost': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/keys')
    await operator.page.getByRole('button', { name: 'New key' }).click()
    await operator.page.getByLabel('Name', { exact: true }).fill('half typed')
    server.credentials.set(adminKey, 401)
    server.credentials.set('the-next-key', 200)
    await operator.page.getByRole('button', { name: 'Make the key' }).click()
    await operator.page.getByText('Sign in again: what you typed is still there').waitFor()
    await operator.screenshot('console-expired')
    await operator.signIn('the-next-key')
    assert.equal(await operator.page.getByLabel('Name', { exact: true }).inputValue(), 'half typed')
    await operator.page.getByRole('button', { name: 'Make the key' }).click()
    await operator.page.getByText('sk-gw-secret-of-').waitFor()
    assert.equal(JSON.parse(server.asked.findLast((one) => one.method === 'POST').body).name, 'half typed')
    await operator.leave()
  },
  'signing out takes everything away': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/keys')
    await operator.page.getByRole('row', { name: /support bot/ }).first().waitFor()
    await operator.page.getByRole('button', { name: 'Sign out' }).click()
    await operator.page.getByText('You are signed out.').waitFor()
    assert.equal((await operator.page.locator('main').innerText()).trim(), '')
    await operator.leave()
  },
}
