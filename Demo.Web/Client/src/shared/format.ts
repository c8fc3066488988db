const nano = 1e-9

/** 0.0000123 → $0.0000123: as many digits as it takes to see the first two that count. */
export function formatUsd(usd: number): string {
  if (Math.abs(usd) < nano) {
    return '$0'
  }

  const decimals = Math.min(9, Math.max(2, 1 - Math.floor(Math.log10(Math.abs(usd)))))
  return `$${usd.toFixed(decimals)}`
}

export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** A price as its currency has it; a code that is none is shown as it is. */
export function formatPrice(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount)
  } catch {
    return `${amount.toFixed(2)} ${currency}`
  }
}
