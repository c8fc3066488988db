const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The address, where following it can only lead to a page or a letter; relative ones lead nowhere that an answer knows. */
export function safeLink(address: string): string | undefined {
  try {
    const url = new URL(address)
    return allowed.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
