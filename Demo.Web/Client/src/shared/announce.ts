/** Says something to those who listen to the page. It is for what has happened, not for every word of an answer. */
export function announce(text: string): void {
  const region = document.getElementById('announcements')
  if (region !== null) {
    region.textContent = text
  }
}
