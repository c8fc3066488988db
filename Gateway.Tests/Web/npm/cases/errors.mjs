import assert from 'node:assert/strict'
import { Visitor, until } from '../browser.mjs'
import { answer, done, refusal, text, usage } from '../scenario-server.mjs'

const words = [
  ['401', refusal(401, 'invalid_api_key', 'Incorrect API key.'), /A key is needed/, /Enter one of your own in Settings/],
  ['403', refusal(403, 'model_not_allowed', 'Not this model.'), /not open to you/, /Choose another model/],
  ['404', refusal(404, 'model_not_found', 'No such model.'), /not open to you/, /Choose another model/],
  ['413', refusal(413, 'request_too_large', 'More than 10 MiB.'), /too long/, /Shorten the question/],
  ['400', refusal(400, null, 'temperature is wrong.'), /not understood/, /what the gateway says/],
  ['429 of a budget', refusal(429, 'insufficient_quota', 'Spent 1, held 0, limit 1.'), /budget is used up/, /Come back tomorrow/],
  ['502', refusal(502, 'upstream_error', 'It failed.'), /The model failed/, /not your doing/],
  ['503', refusal(503, 'no_target_available', 'No target.'), /cannot be reached/, /in a moment/],
  ['504', refusal(504, 'timeout', 'Too slow.'), /took too long/, /shorter answer/],
]

export const errors = {
  'every refusal is told in words with what to do': async ({ browser, scenarios }) => {
    const visitor = await Visitor.visit(browser, scenarios.url)
    for (const [name, scenario, title, advice] of words) {
      scenarios.when(name, scenario)
      await visitor.askToTheEnd(name)
      const problem = visitor.answer.locator('.problem')
      assert.match(await problem.getByRole('heading').innerText(), title)
      assert.match(await problem.innerText(), advice)
      assert.ok((await problem.locator('.detail').innerText()).includes(scenario.body.error.message))
    }

    await visitor.leave()
  },
  'too many requests: a countdown, then it can be tried again': async ({ browser, scenarios }) => {
    scenarios.when('fast', refusal(429, 'rate_limit_exceeded', 'Limit reached: 60 requests per minute.', { 'retry-after': '4' }))
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('fast')
    const button = visitor.answer.locator('.problem').getByRole('button')
    assert.match(await button.innerText(), /Try again in [1-4] s/)
    assert.ok(await button.isDisabled())
    scenarios.when('fast', answer('Now.'))
    await until(() => button.isEnabled(), Boolean, 'the button')
    await button.click()
    await visitor.answer.locator('.figures').waitFor()
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'Now.')
    await visitor.leave()
  },
  'a connection lost mid-answer: what came stays, the reason shows, trying again works': async ({ browser, scenarios }) => {
    scenarios.when('cut', { frames: [text('The beginning of')], cut: true })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('cut')
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'The beginning of')
    assert.equal(await visitor.answer.locator('.problem h3').innerText(), 'The connection was lost')
    await visitor.screenshot('connection-lost')
    scenarios.when('cut', answer('The beginning of the whole.'))
    await visitor.answer.getByRole('button', { name: 'Try again' }).click()
    await visitor.answer.locator('.figures dt:has-text("Tokens")').waitFor()
    assert.equal(await visitor.answer.locator('.markdown').innerText(), 'The beginning of the whole.')
    await visitor.leave()
  },
  'a stream that ends early or with an error is never taken for whole': async ({ browser, scenarios }) => {
    scenarios.when('early', { frames: [text('Half of')] })
    scenarios.when('error', { frames: [text('Half of'), 'data: {"error":{"message":"The provider broke off.","code":"upstream_error"}}'] })
    scenarios.when('garbage', { frames: [text('Half of'), 'data: {"choices":[{"del'] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    for (const [question, title] of [['early', 'The connection was lost'], ['error', 'The answer broke off'], ['garbage', 'The answer broke off']]) {
      await visitor.askToTheEnd(question)
      assert.equal(await visitor.answer.locator('.markdown').innerText(), 'Half of')
      assert.equal(await visitor.answer.locator('.problem h3').innerText(), title)
    }

    await visitor.leave()
  },
  'a gateway that is away is said to be, and comes back by itself': async ({ browser, scenarios }) => {
    scenarios.isAway = true
    scenarios.when('hello', answer('Hello.'))
    const visitor = await Visitor.visit(browser, scenarios.url)
    const banner = visitor.page.locator('#away')
    await banner.waitFor()
    assert.match(await banner.innerText(), /does not answer/)
    await visitor.askToTheEnd('hello')
    assert.match(await visitor.answer.locator('.problem').innerText(), /Your question is kept/)
    scenarios.isAway = false
    await banner.waitFor({ state: 'hidden' })
    await until(() => visitor.page.locator('#announcements').innerText(), (said) => said === 'The gateway is back.', 'what is said')
    await until(() => visitor.page.locator('#model option').count(), (count) => count === 2, 'the models')
    await visitor.answer.getByRole('button', { name: 'Try again' }).click()
    await visitor.answer.locator('.figures dt:has-text("Tokens")').waitFor()
    await visitor.leave()
  },
  'an answer cut at its longest says so': async ({ browser, scenarios }) => {
    scenarios.when('long', { frames: [text('And so'), 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}', usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.askToTheEnd('long')
    assert.match(await visitor.answer.locator('.note').innerText(), /the most tokens it may have/)
    await visitor.leave()
  },
}
