import assert from 'node:assert/strict'
import { Visitor, phone } from '../browser.mjs'
import { done, refusal, text, usage } from '../scenario-server.mjs'
import { details } from './products.mjs'

const markdown = '## A heading\n\nWords with `code`, a [link](https://example.com) and *more*.\n\n1. one\n2. two\n\n> quoted\n\n```csharp\npublic static int Twice(int number) => 2 * number;\n```\n\n| protocol | transport |\n|---|---|\n| HTTP/2 | TCP |\n| HTTP/3 | QUIC |\n'

async function walk(scenarios, visitor, name) {
  scenarios.when('Compare the two', { frames: [text(markdown), usage(details), done] })
  scenarios.when('Once more', refusal(429, 'rate_limit_exceeded', 'Limit reached for this key: 60 requests per minute.', { 'retry-after': '30' }))
  await visitor.page.locator('#model option').nth(1).waitFor({ state: 'attached' })
  await visitor.shouldBeAccessible(`${name}: empty`)
  await visitor.screenshot(`${name}-empty`)
  await visitor.askToTheEnd('Compare the two')
  await visitor.answer.locator('.tool summary').click()
  await visitor.shouldBeAccessible(`${name}: answer`)
  await visitor.screenshot(`${name}-answer`)
  await visitor.page.locator('#main').evaluate((main) => { main.scrollTop = 0 })
  await visitor.screenshot(`${name}-answer-top`)
  await visitor.answer.getByRole('button', { name: 'As code' }).click()
  await visitor.shouldBeAccessible(`${name}: code`)
  await visitor.screenshot(`${name}-code`)
  await visitor.page.getByRole('button', { name: 'Close' }).click()
  await visitor.askToTheEnd('Once more')
  await visitor.shouldBeAccessible(`${name}: refused`)
  await visitor.screenshot(`${name}-refused`)
  await visitor.page.locator('.question').last().getByRole('button', { name: 'Edit' }).click()
  await visitor.shouldBeAccessible(`${name}: editing`)
  if (await visitor.page.locator('#settings').isHidden()) {
    await visitor.page.getByRole('button', { name: 'Settings' }).click()
    await visitor.shouldBeAccessible(`${name}: settings`)
    await visitor.screenshot(`${name}-settings`)
  }

  await visitor.leave()
}

const themes = ['light', 'dark'].flatMap((colorScheme) => [
  [`axe finds nothing, ${colorScheme} on a desktop`, `desktop-${colorScheme}`, { colorScheme }],
  [`axe finds nothing, ${colorScheme} on a phone`, `phone-${colorScheme}`, { colorScheme, viewport: phone, isMobile: true, hasTouch: true }],
])

export const accessibility = {
  ...Object.fromEntries(themes.map(([title, name, options]) => [title, async ({ browser, scenarios }) => walk(scenarios, await Visitor.visit(browser, scenarios.url, options), name)])),
  'everything is done with the keyboard, and where one is shows': async ({ browser, scenarios }) => {
    scenarios.when('hello', { frames: [text(markdown), usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    const { page } = visitor
    await page.keyboard.type('hello')
    await page.keyboard.press('Enter')
    await visitor.answer.locator('.figures').waitFor()
    const reached = new Set()
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const { name, isSeen } = await page.evaluate(() => {
        const focused = document.activeElement
        const style = getComputedStyle(focused)
        const box = focused.getBoundingClientRect()
        const hasOutline = style.outlineStyle !== 'none' || getComputedStyle(focused.closest('.composer') ?? focused).outlineStyle !== 'none'
        return { name: focused.getAttribute('aria-label') || focused.id || focused.textContent.trim().slice(0, 30), isSeen: focused === document.body || (hasOutline && box.width > 0) }
      })
      assert.ok(isSeen, `the focus on '${name}' is not to be seen`)
      reached.add(name)
    }

    for (const name of ['Skip to the question', 'new', 'settings-button', 'Dark theme', 'Copy', 'Edit', 'Try again', 'As code', 'Table', 'prompt', 'model', 'products', 'Send', 'system', 'temperature', 'max-tokens', 'key']) {
      assert.ok(reached.has(name), `'${name}' is not reached: ${[...reached].join(', ')}`)
    }

    await visitor.answer.getByRole('button', { name: 'As code' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('tab', { name: 'curl' }).focus()
    await page.keyboard.press('ArrowRight')
    assert.match(await page.locator('#code-text').innerText(), /from openai import OpenAI/)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await visitor.leave()
  },
  'a screen reader is told of the end, not of every word': async ({ browser, scenarios }) => {
    scenarios.when('hello', { frames: [...Array.from({ length: 300 }, (_, i) => text(`word${i} `)), usage(), done] })
    const visitor = await Visitor.visit(browser, scenarios.url)
    await visitor.page.evaluate(() => {
      window.said = []
      for (const region of document.querySelectorAll('[role=status], [aria-live], [role=alert], [role=log]')) {
        new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, subtree: true, characterData: true })
      }
    })
    await visitor.askToTheEnd('hello')
    assert.deepEqual(await visitor.page.evaluate(() => window.said), ['The answer is complete.'])
    await visitor.leave()
  },
  'nothing moves for who does not want it': async ({ browser, scenarios }) => {
    scenarios.when('hello', { frames: [new Promise(() => {})] })
    const visitor = await Visitor.visit(browser, scenarios.url, { reducedMotion: 'reduce' })
    await visitor.ask('hello')
    await visitor.answer.locator('.waiting').waitFor()
    assert.equal(await visitor.page.evaluate(() => document.getAnimations().length), 0)
    await visitor.leave()
  },
  'at 320 pixels and with doubled text nothing is cut off': async ({ browser, scenarios }) => {
    scenarios.when('hello', { frames: [text(markdown), usage(details), done] })
    for (const viewport of [{ width: 320, height: 640 }, { width: 720, height: 450 }]) {
      const visitor = await Visitor.visit(browser, scenarios.url, { viewport })
      await visitor.askToTheEnd('hello')
      assert.deepEqual(await visitor.page.evaluate(() => [document.documentElement.scrollWidth > innerWidth, document.querySelector('#main').scrollWidth > document.querySelector('#main').clientWidth]), [false, false])
      await visitor.leave()
    }
  },
}
