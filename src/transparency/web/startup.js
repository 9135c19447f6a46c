// One address for the server on every page. Without it the framework first looks for itself under each page's
// own path, which costs two failed requests and logs two errors.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/" }
// On narrow screens the pages are behind a button that the framework calls "Expand sidebar"; the sheet shows "Menu" on it.
new MutationObserver(() => {
  const button = document.querySelector('[data-testid="stExpandSidebarButton"]:not([aria-label="Menu"])')
  if (button) button.setAttribute("aria-label", "Menu")
}).observe(document, { childList: true, subtree: true })
// What the shell carries to be read stands until the page itself does: its foot, or the message of a failure.
new MutationObserver((_, watching) => {
  const opening = document.getElementById("opening")
  const page = document.querySelector('[data-testid="stMain"]')
  if (!opening || !page?.querySelector('.foot, [data-testid="stAlert"]')) return
  page.scrollTop = opening.scrollTop
  opening.remove()
  watching.disconnect()
}).observe(document, { childList: true, subtree: true })
// Maps are drawn with WebGL 2. It is asked for once a page has a map; without it the sheet shows the words in its place.
new MutationObserver((_, watching) => {
  if (!document.querySelector(".without-map")) return
  watching.disconnect()
  const drawing = document.createElement("canvas").getContext("webgl2")
  if (drawing) drawing.getExtension("WEBGL_lose_context")?.loseContext()
  else document.documentElement.dataset.webgl = "none"
}).observe(document, { childList: true, subtree: true })
// Plain "r" and "c" are shortcuts of the framework; a page must not act on single keys (WCAG 2.2, 2.1.4).
window.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")
  const lone = !(event.ctrlKey || event.metaKey || event.altKey)
  if (lone && !typing && (event.key.toLowerCase() === "r" || event.key.toLowerCase() === "c")) {
    event.stopImmediatePropagation()
  }
}, true)
// A text to take away is copied by the button beside it, which says so.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button.copies")
  if (!button) return
  navigator.clipboard?.writeText(button.previousElementSibling.textContent).then(
    () => { button.textContent = "Copied" }, () => { button.textContent = "Select the text and copy it" })
})
// Enter in the look-up's box presses Find, once the framework has sent what was typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest(".st-key-lookup")
  if (typing && event.key === "Enter" && !event.isComposing) {
    setTimeout(() => document.querySelector(".st-key-lookup-find button")?.click())
  }
})
