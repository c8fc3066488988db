import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const screenshots = process.env.SCREENSHOTS
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

mkdirSync(screenshots, { recursive: true })

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })

/** A visitor: a browser window of its own, in which nothing may go wrong unseen. */
export class Visitor {
  static async visit(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: desktop, permissions: ['clipboard-read', 'clipboard-write'], ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const visitor = new this(context, page)
    page.on('pageerror', (error) => visitor.faults.push(String(error)))
    page.on('dialog', (dialog) => visitor.faults.push(`dialog: ${dialog.message()}`) && dialog.dismiss())
    page.on('request', (request) => new URL(request.url()).origin === new URL(url).origin || visitor.faults.push(`asked ${request.url()}`))
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => (window.violations ??= []).push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))
    })
    await page.goto(url)
    return visitor
  }

  faults = []

  constructor(context, page) {
    this.context = context
    this.page = page
  }

  get prompt() {
    return this.page.getByLabel('Question', { exact: true })
  }

  get answer() {
    return this.page.locator('.answer').last()
  }

  async ask(question) {
    await this.prompt.fill(question)
    await this.page.keyboard.press('Enter')
  }

  async askToTheEnd(question) {
    await this.ask(question)
    await this.answer.locator('.actions').waitFor()
  }

  async figures() {
    const names = await this.answer.locator('.figures dt').allTextContents()
    const values = await this.answer.locator('.figures dd').allTextContents()
    return Object.fromEntries(names.map((name, i) => [name, values[i]]))
  }

  async shouldBeAccessible(what) {
    await this.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => (animation.effect.getTiming().iterations === Infinity ? undefined : animation.finished))))
    // Past the policy, which lets no page do so: it is the test's own script.
    const session = await this.context.newCDPSession(this.page)
    const { readFileSync } = await import('node:fs')
    await session.send('Runtime.evaluate', { expression: readFileSync(axe, 'utf8') })
    const { violations } = await this.page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`), [], what)
  }

  async screenshot(name) {
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) })
  }

  /** Says that nothing went wrong: no error, no window opened, nothing asked for elsewhere, nothing that the policy had to stop. */
  async leave() {
    const violations = await this.page.evaluate(() => window.violations ?? [])
    await this.context.close()
    assert.deepEqual([...this.faults, ...violations], [])
  }
}

/** Waits until a value is as wanted. */
export async function until(read, isWanted, what) {
  for (const end = Date.now() + 30_000; ; await new Promise((again) => setTimeout(again, 20))) {
    const value = await read()
    if (isWanted(value)) {
      return value
    }

    assert.ok(Date.now() < end, `${what}: ${JSON.stringify(value)}`)
  }
}
