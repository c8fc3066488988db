// Before anything is drawn: the theme that was chosen here, if any. It is no module, which would come too late.
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme
  }
} catch {
  // Storage may be switched off; the system's theme will do.
}
