const nearPx = 80

/** Keeps the end of what grows in view, unless the reader has scrolled away from it. */
export function followEnd(scroller: HTMLElement, grows: HTMLElement): void {
  let isFollowing = true
  scroller.addEventListener('scroll', () => { isFollowing = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx }, { passive: true })
  const follow = () => {
    if (isFollowing) {
      scroller.scrollTop = scroller.scrollHeight
    }
  }

  new ResizeObserver(follow).observe(grows)
}
