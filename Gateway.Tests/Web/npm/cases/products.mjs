import assert from 'node:assert/strict'
import { Visitor } from '../browser.mjs'
import { done, text, usage } from '../scenario-server.mjs'

export const details = {
  target: 'local/model-of-the-test',
  attempts: 2,
  cost_usd: '0.0021',
  tool_calls: [
    { server: 'products', tool: 'search_catalog', arguments: '{"query":"keyboard"}', duration_ms: 12 },
    { server: 'products', tool: 'get_product', arguments: '{"id":"x"}', duration_ms: 3, error: 'not found' },
  ],
  products: [
    { id: 'kb-1', title: 'Wireless keyboard', price: 49.9, currency: 'USD', available: true, url: 'https://shop.example/kb-1' },
    { id: 'kb-2', title: 'Quiet keyboard', price: 59, currency: 'EUR', available: false },
  ],
}

export const products = {
  'what was found is shown as cards, and the look-ups beside': async ({ browser, scenarios }) => {
    let goOn
    scenarios.when('Find a wireless keyboard under 60 dollars that is in stock.', {
      frames: [
        ': gateway-tool {"server":"products","tool":"search_catalog","state":"started"}',
        new Promise((release) => { goOn = release }),
        ': gateway-tool {"server":"products","tool":"search_catalog","state":"done"}',
        text('I found two.'),
        usage(details),
        done,
      ],
    })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.page.getByRole('button', { name: 'Find a product' }).click()
    await visitor.answer.locator('.tool.is-busy').waitFor()
    assert.equal(await visitor.answer.locator('.tool').innerText(), 'products: search_catalog …')
    assert.ok(await visitor.page.getByLabel('Product data').isChecked())
    goOn()
    await visitor.answer.locator('.products').waitFor()
    assert.deepEqual(await visitor.answer.locator('.product').allInnerTexts().then((all) => all.map((one) => one.split('\n').filter(Boolean))), [
      ['Wireless keyboard', '$49.90', 'In stock'],
      ['Quiet keyboard', '€59.00', 'Not available'],
    ])
    assert.equal(await visitor.answer.getByRole('link', { name: 'Wireless keyboard' }).getAttribute('href'), 'https://shop.example/kb-1')
    await visitor.answer.locator('.tool summary').click()
    assert.match(await visitor.answer.locator('.tool').innerText(), /2 look-ups, 1 failed[^]*search_catalog 12 ms[^]*get_product 3 ms[^]*not found/)
    assert.equal((await visitor.figures()).Cost, '$0.0021')
    await visitor.leave()
  },
  'what the catalogue has is found': async ({ browser, webUrl }) => {
    const visitor = await Visitor.visit(browser, webUrl)
    await visitor.page.getByRole('button', { name: 'Find a product' }).click()
    await visitor.answer.locator('.products').waitFor()
    assert.match(await visitor.answer.locator('.product').first().innerText(), /keyboard[^]*\$\d+\.\d\d[^]*In stock/i)
    assert.match(await visitor.answer.locator('.tool summary').innerText(), /^1 look-up$/)
    await visitor.leave()
  },
}
