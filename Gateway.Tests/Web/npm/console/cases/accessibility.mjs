import assert from 'node:assert/strict'
import { phone, until } from '../../browser.mjs'
import { Operator, furnish } from '../operator.mjs'

const places = { overview: '', targets: '?by=target&range=24h', requests: 'requests', spend: 'spend', keys: 'keys', key: 'keys/key_000007', tenants: 'tenants', models: 'models', configuration: 'configuration', flags: 'flags', experiments: 'experiments', batches: 'batches', products: 'products', alerts: 'alerts' }

async function walk(operator, name) {
  for (const [title, place] of Object.entries(places)) {
    await operator.page.evaluate((fragment) => { location.hash = fragment }, `#/${place}`)
    await operator.page.locator('main h1').waitFor()
    await until(() => operator.page.locator('main [aria-busy=true]').count(), (busy) => busy === 0, title)
    await operator.shouldBeAccessible(`${name}: ${title}`)
    await operator.screenshot(`console-${name}-${title}`)
  }

  await operator.page.evaluate(() => { location.hash = '#/keys' })
  await operator.page.getByRole('button', { name: 'New key' }).click()
  await operator.shouldBeAccessible(`${name}: new key`)
  await operator.screenshot(`console-${name}-new-key`)
  await operator.leave()
}

const themes = [
  ['axe finds nothing, light on a desktop', 'desktop-light', { colorScheme: 'light' }],
  ['axe finds nothing, dark on a desktop', 'desktop-dark', { colorScheme: 'dark' }],
  ['axe finds nothing, dark on a phone', 'phone-dark', { colorScheme: 'dark', viewport: phone, isMobile: true, hasTouch: true }],
]

export const accessibility = {
  ...Object.fromEntries(themes.map(([title, name, options]) => [title, async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.arrive(browser, server.url, '', options)
    await operator.shouldBeAccessible(`${name}: sign-in`)
    await operator.screenshot(`console-${name}-sign-in`)
    await operator.signIn('the-admin-key')
    await walk(operator, name)
  }])),
  'nothing is cut off at 320 pixels': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '', { viewport: { width: 320, height: 640 } })
    for (const place of Object.values(places)) {
      await operator.page.evaluate((fragment) => { location.hash = fragment }, `#/${place}`)
      await until(() => operator.page.locator('main [aria-busy=true]').count(), (busy) => busy === 0, place)
      assert.deepEqual(await operator.page.evaluate(() => [document.documentElement.scrollWidth > innerWidth, document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth]), [false, false], place)
    }

    await operator.leave()
  },
  'a key is stopped with the keyboard alone': async ({ browser, server }) => {
    furnish(server)
    const operator = await Operator.signedIn(browser, server.url, '#/keys')
    const { page } = operator
    await page.getByRole('row', { name: /search team/ }).first().waitFor()
    await page.keyboard.type('bot')
    await until(() => page.getByRole('row', { name: /search team/ }).count(), (count) => count === 0, 'the search')
    await page.getByRole('link', { name: 'support bot' }).first().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Disable' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cancel')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('disabled', { exact: true }).waitFor()
    await operator.leave()
  },
}
