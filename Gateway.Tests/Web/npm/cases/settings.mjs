import assert from 'node:assert/strict'
import { Visitor, phone } from '../browser.mjs'
import { answer } from '../scenario-server.mjs'

export const settings = {
  'what is set is sent': async ({ browser, scenarios }) => {
    scenarios.when('hello', answer('Hello.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    const { page } = visitor
    await page.locator('#model option[value=gpt-4o-mini]').waitFor({ state: 'attached' })
    await page.getByLabel('Model', { exact: true }).selectOption('gpt-4o-mini')
    await page.getByLabel('System prompt').fill('Be brief.')
    await page.getByLabel('Temperature').fill('0.7')
    await page.getByLabel('Longest answer').fill('200')
    await page.getByLabel('Product data').check()
    await visitor.askToTheEnd('hello')
    const [{ body, headers }] = scenarios.requests
    assert.deepEqual(body, {
      model: 'gpt-4o-mini',
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'hello' }],
      temperature: 0.7,
      max_tokens: 200,
      tools: [{ type: 'mcp', server_label: 'products', server_url: 'gateway/mcp/products', require_approval: 'never' }],
      stream: true,
      stream_options: { include_usage: true },
    })
    assert.equal(headers['x-gateway-details'], 'true')
    assert.equal(headers.authorization, undefined)
    await visitor.leave()
  },
  'what is not set is left to the model': async ({ browser, scenarios }) => {
    scenarios.when('hello', answer('Hello.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.page.getByLabel('Temperature').fill('9')
    await visitor.askToTheEnd('hello')
    assert.deepEqual(Object.keys(scenarios.requests[0].body), ['model', 'messages', 'stream', 'stream_options'])
    await visitor.leave()
  },
  'a visitor may bring a key, which is sent and never shown or kept': async ({ browser, scenarios }) => {
    scenarios.when('hello', answer('Hello.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.page.getByLabel('Your own API key').fill('sk-gw-mine')
    await visitor.askToTheEnd('hello')
    assert.equal(scenarios.requests[0].headers.authorization, 'Bearer sk-gw-mine')
    await visitor.answer.getByRole('button', { name: 'As code' }).click()
    for (const language of ['curl', 'Python', 'C#', 'TypeScript']) {
      await visitor.page.getByRole('tab', { name: language }).click()
      const code = await visitor.page.locator('#code-text').innerText()
      assert.doesNotMatch(code, /sk-gw-mine/)
      assert.match(code, /OPENAI_API_KEY/)
    }

    assert.equal(await visitor.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])), '[{},{},""]')
    await visitor.leave()
  },
  'a key that is not accepted is said to be, until it is cleared': async ({ browser, scenarios }) => {
    const visitor = await Visitor.visit(browser, scenarios.url)
    const key = visitor.page.getByLabel('Your own API key')
    await key.fill('wrong')
    await key.blur()
    await visitor.page.getByText('This key is not accepted.').first().waitFor()
    await visitor.askToTheEnd('hello')
    assert.equal(await visitor.answer.locator('.problem h3').innerText(), 'This key is not accepted')
    await key.fill('')
    await key.blur()
    await visitor.page.locator('#away').waitFor({ state: 'hidden' })
    await visitor.leave()
  },
  'on a phone they open over the conversation and close again': async ({ browser, scenarios }) => {
    const visitor = await Visitor.visit(browser, scenarios.url, { viewport: phone, hasTouch: true, isMobile: true })
    const panel = visitor.page.getByRole('complementary', { name: 'Settings' })
    assert.ok(await panel.isHidden())
    await visitor.page.getByRole('button', { name: 'Settings' }).tap()
    await panel.waitFor()
    assert.equal(await visitor.page.evaluate(() => document.activeElement.id), 'system')
    await visitor.page.getByRole('button', { name: 'Done' }).tap()
    assert.ok(await panel.isHidden())
    assert.equal(await visitor.page.evaluate(() => document.activeElement.id), 'settings-button')
    await visitor.page.getByRole('button', { name: 'Settings' }).tap()
    await visitor.page.keyboard.press('Escape')
    assert.ok(await panel.isHidden())
    await visitor.leave()
  },
  'the theme is the system’s until another is chosen, which lasts': async ({ browser, scenarios }) => {
    const visitor = await Visitor.visit(browser, scenarios.url, { colorScheme: 'dark' })
    const paper = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await paper()
    await visitor.page.getByRole('button', { name: 'Light theme' }).click()
    const light = await paper()
    assert.notEqual(light, dark)
    await visitor.page.reload()
    assert.equal(await paper(), light)
    await visitor.page.getByRole('button', { name: 'Dark theme' }).click()
    assert.equal(await paper(), dark)
    await visitor.leave()
  },
}
