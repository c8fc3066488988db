import { h } from '../shared/dom'
import { formatPrice } from '../shared/format'
import { safeLink } from '../shared/markdown/safe-link'
import type { Product } from './gateway-details'

export function productCards(products: readonly Product[]): HTMLElement | undefined {
  return products.length === 0 ? undefined : h('ul', { class: 'products', 'aria-label': 'Products' }, ...products.map(card))
}

function card(product: Product): HTMLElement {
  const href = product.url === undefined ? undefined : safeLink(product.url)
  return h(
    'li',
    { class: 'product' },
    href === undefined ? h('span', { class: 'product-title' }, product.title) : h('a', { class: 'product-title', href, target: '_blank', rel: 'noopener noreferrer' }, product.title),
    product.price !== undefined && h('span', { class: 'product-price' }, formatPrice(product.price, product.currency ?? 'USD')),
    product.isAvailable !== undefined && h('span', { class: product.isAvailable ? 'badge good' : 'badge' }, product.isAvailable ? 'In stock' : 'Not available'),
  )
}
