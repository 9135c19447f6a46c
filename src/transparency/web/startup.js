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
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView()
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
// The link of one exhibit is copied as well as followed.
document.addEventListener("click", (event) => {
  const own = event.target instanceof Element && event.target.closest("a.own")
  if (own) navigator.clipboard?.writeText(own.href).then(() => { own.textContent = "Link copied" }, () => {})
})
// The reader's position, to a hundred metres, is typed into the look-up's box for them; the browser asks them first.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("button.locates")
  if (!button) return
  button.textContent = "Asking your browser…"
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const box = document.querySelector(".st-key-lookup input")
    const typed = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`
    // The framework notices only what is set as if it were typed.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, typed)
    box.dispatchEvent(new Event("input", { bubbles: true }))
    button.textContent = "Use my location"
  }, () => { button.textContent = "Your browser gave no position. Enter a postcode." }, { maximumAge: 60000, timeout: 20000 })
})
// Enter in the look-up's box presses Find, once the framework has sent what was typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest(".st-key-lookup")
  if (typing && event.key === "Enter" && !event.isComposing) {
    setTimeout(() => document.querySelector(".st-key-lookup-find button")?.click())
  }
})
// A press on a map counts however slow the machine is. The map takes a press that it handled over a quarter of a second
// apart for a long one, and does nothing: it is then given the same press again, on a clock that stands still.
let press = null
const takesPress = (event) => event.isTrusted && event.target instanceof Element && !event.target.closest("button") &&
  event.target.closest('[data-testid="stDeckGlJsonChart"]')
window.addEventListener("pointerdown", (event) => {
  press = takesPress(event) ? { x: event.clientX, y: event.clientY, from: Date.now(), took: 0 } : null
}, true)
window.addEventListener("pointerup", () => { if (press) press.took = Date.now() - press.from }, true)
window.addEventListener("click", (event) => {
  const { x, y, took } = press ?? {}
  press = null
  if (!takesPress(event) || !(took >= 250) || Math.hypot(event.clientX - x, event.clientY - y) > 9) return
  const now = Date.now
  const pressed = now()
  const at = { bubbles: true, composed: true, clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", isPrimary: true }
  Date.now = () => pressed
  try {
    event.target.dispatchEvent(new PointerEvent("pointerdown", { ...at, buttons: 1 }))
    event.target.dispatchEvent(new PointerEvent("pointerup", at))
  } finally {
    Date.now = now
  }
}, true)
