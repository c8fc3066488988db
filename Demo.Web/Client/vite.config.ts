import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'

const gateway = 'http://localhost:8082'
const policy = readFileSync(new URL('../Security/content-security-policy.txt', import.meta.url), 'utf8').trim()

export default defineConfig(({ mode }) => ({
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One HTML file for each page: the playground at /, the console at /console. Each is built by itself, so that visitors load nothing in pieces that the other shares.
    rolldownOptions: { input: [mode === 'console' ? 'console/index.html' : 'index.html'] },
    emptyOutDir: mode === 'console',
  },
  plugins: [
    {
      // The server says it too; a bucket does not.
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }],
    },
  ],
  server: { proxy: { '/v1': gateway, '/admin': gateway, '/mcp': gateway, '/schema': gateway } },
}))
