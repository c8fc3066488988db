type Attribute = string | number | boolean | undefined | ((event: never) => void)
type Child = Node | string | false | null | undefined

/** Makes an element: attributes by name, listeners as onclick, children as nodes or text. Text stays text. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, Attribute> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener)
    } else if (value === true) {
      element.setAttribute(name, '')
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, String(value))
    }
  }

  element.append(...children.filter(isShown))
  return element
}

/** The page's own element with this id. */
export function byId<K extends keyof HTMLElementTagNameMap>(id: string, tag: K): HTMLElementTagNameMap[K] {
  const element = document.getElementById(id)
  if (element?.localName !== tag) {
    throw new Error(`The page has no <${tag} id="${id}">.`)
  }

  return element as HTMLElementTagNameMap[K]
}

function isShown(child: Child): child is Node | string {
  return child !== false && child !== null && child !== undefined && child !== ''
}
