// One address for the server on every page. Without it the framework first looks for itself under each page's
// own path, which costs two failed requests and logs two errors.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" }
// Plain "r" and "c" are shortcuts of the framework; a page must not act on single keys (WCAG 2.2, 2.1.4).
window.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")
  const lone = !(event.ctrlKey || event.metaKey || event.altKey)
  if (lone && !typing && (event.key.toLowerCase() === "r" || event.key.toLowerCase() === "c")) {
    event.stopImmediatePropagation()
  }
}, true)
