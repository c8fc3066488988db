/** Makes a node like another with as few changes as it takes, so that what has not changed keeps its layout and the reader's selection. */
export function morph(current: ChildNode, wanted: ChildNode): void {
  if (current instanceof Text && wanted instanceof Text) {
    grow(current, wanted.data)
  } else if (current instanceof Element && wanted instanceof Element && isSameKind(current, wanted)) {
    morphChildren(current, wanted)
  } else {
    current.replaceWith(wanted)
  }
}

function morphChildren(current: Element, wanted: Element): void {
  const before = [...current.childNodes]
  const after = [...wanted.childNodes]
  after.forEach((child, i) => {
    const old = before[i]
    if (old === undefined) {
      current.append(child)
    } else {
      morph(old, child)
    }
  })
  for (const left of before.slice(after.length)) {
    left.remove()
  }
}

function grow(text: Text, wanted: string): void {
  if (wanted === text.data) {
    return
  }

  if (wanted.startsWith(text.data)) {
    text.appendData(wanted.slice(text.data.length))
  } else {
    text.data = wanted
  }
}

function isSameKind(one: Element, other: Element): boolean {
  return (
    one.localName === other.localName &&
    one.attributes.length === other.attributes.length &&
    [...one.attributes].every((attribute) => other.getAttribute(attribute.name) === attribute.value)
  )
}
