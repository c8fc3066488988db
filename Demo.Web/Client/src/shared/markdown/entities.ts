const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
const largestCodePoint = 0x10ffff

/** &lt; and &#60; as the character that they mean. The result is text, never markup. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) {
      return named[name] ?? whole
    }

    const point = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10)
    return point > 0 && point <= largestCodePoint ? String.fromCodePoint(point) : whole
  })
}
