import assert from 'node:assert/strict'
import { corpus } from '../../cases/safety.mjs'
import { flag, key, loggedRequest, model, target } from '../admin-server.mjs'
import { Operator } from '../operator.mjs'

const places = ['', '?by=tenant', 'requests', 'spend', 'keys', 'keys/key_000000', 'tenants', 'models', 'configuration', 'flags', 'experiments', 'batches', 'alerts', `requests?tenant=${encodeURIComponent(corpus[1])}`, `keys?query=${encodeURIComponent(corpus[0])}`]

function attack(server) {
  const all = corpus.join(' ')
  const figure = { value: 1, low: 0, high: 2, count: 3, difference: null }
  server.tenants = corpus
  server.keys = corpus.map((name, i) => key(i, { name, tenant: name, user: name, owner: name, tier: name, models: [name], prefix: name }))
  server.requests = corpus.map((name, i) => loggedRequest(i, { tenant: name, user: name, alias: name, target: name, variant: name, status: name, error: name, request_id: name, trace_id: name, key: name }))
  server.usage = corpus.map((name) => [name, 1, 1])
  server.budgets = corpus.map((name, i) => ({ id: name, scope: name, name, key: i % 2 ? name : null, tenant: name, period: name, resets_at: name, limit_usd: '1', spent_usd: '1', held_usd: '0', share: 1 }))
  server.models = corpus.map((name) => model(name, [target(name, { reason: name, remedy: name, circuit: name, last_failure: { at: name, reason: name } })], { policy: name }))
  server.flags = corpus.map((name) => flag(name, { description: name, tenants: [name], changed_by: name, source: 'admin' }))
  server.experiments = [{ object: 'experiment', name: all, alias: all, enabled: true, control: all, warnings: corpus, variants: corpus.map((name) => ({ name, variant: name, is_control: false, weight: 1, requests: 1, errors: 0, error_rate: figure, latency_ms: figure, cost_usd: figure, feedback: null })) }]
  server.batches = corpus.map((name) => ({ id: name, tenant: name, endpoint: name, status: name, progress: 0.5, created_at: 1763715600, request_counts: { total: 2, completed: 1, failed: 0 } }))
  server.alerts = { data: corpus.map((name) => ({ id: name, rule: name, subject: name, severity: name, worst: name, summary: name, started_at: name, changed_at: name, resolved_at: null })), recent: [], sinks: corpus.map((name) => ({ name, type: name, waiting: 1, rejected: 1, trouble: name, delivered_at: null })) }
  server.put(Object.fromEntries(corpus.map((name) => [name, name])), all)
  server.put({ Name: all }, all)
}

async function nothingRan(operator, place) {
  for (const href of await operator.page.locator('main a, dialog a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    assert.match(href, /^(#\/|https?:)/, place)
  }

  assert.equal(await operator.page.locator('main :is([onerror], [onload], script, img, iframe, svg:not(.icon), style, base, meta, link), dialog :is([onerror], [onload], script, img, iframe)').count(), 0, place)
  assert.equal(await operator.page.evaluate(() => window.ran), undefined, place)
}

export const safety = {
  'names that attack are shown as they are, on every page': async ({ browser, server }) => {
    attack(server)
    const operator = await Operator.signedIn(browser, server.url)
    for (const place of places) {
      await operator.page.evaluate((fragment) => { location.hash = fragment }, `#/${place}`)
      await operator.page.locator('main h1').waitFor()
      await operator.page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' })
      await nothingRan(operator, place)
    }

    await operator.page.evaluate(() => { location.hash = '#/requests' })
    await operator.page.getByRole('button', { name: /^Request of/ }).first().click()
    await operator.page.getByRole('dialog').waitFor()
    await nothingRan(operator, 'a request')
    assert.ok((await operator.page.getByRole('dialog').innerText()).includes('<script>window.ran=1</script>'))
    await operator.leave()
  },
  'nor do they in a spreadsheet: a cell that begins as a formula is a text': async ({ browser, server }) => {
    server.keys = [key(0, { name: '=HYPERLINK("https://evil.example")', tenant: '@SUM(A1)', user: 'plain, "quoted"' })]
    const operator = await Operator.signedIn(browser, server.url, '#/keys')
    await operator.page.getByRole('row', { name: /HYPERLINK/ }).waitFor()
    const [download] = await Promise.all([operator.page.waitForEvent('download'), operator.page.getByRole('button', { name: 'CSV' }).click()])
    const text = await (await import('node:fs/promises')).readFile(await download.path(), 'utf8')
    assert.match(text, /^id,name,tenant,user/)
    assert.match(text, /,"'=HYPERLINK\(""https:\/\/evil\.example""\)",'@SUM\(A1\),"plain, ""quoted""",/)
    await operator.leave()
  },
}
