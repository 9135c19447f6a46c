// What the tests measure on a page; each function gives words for what is amiss, or nothing.
() => {
  const name = (element) => {
    const words = (element.innerText || element.getAttribute("aria-label") || "").trim().slice(0, 40)
    const id = element.dataset?.testid || element.className?.baseVal || element.className || ""
    return `${element.tagName.toLowerCase()} ${id} ${JSON.stringify(words)}`
  }

  const shown = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  }

  // ---------------------------------------------------------------- contrast (WCAG 2.2, 1.4.3)
  const channels = (colour) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
    return [red, green, blue, alpha / 255]
  }
  const known = new Map()
  const rgba = (colour) => {
    if (!known.has(colour)) known.set(colour, channels(colour))
    return known.get(colour)
  }
  const over = ([red, green, blue, alpha], under) =>
    [red, green, blue].map((value, place) => value * alpha + under[place] * (1 - alpha))
  const canvas = () => {
    const sample = document.createElement("span")
    sample.style.color = "Canvas"
    document.body.append(sample)
    const colour = getComputedStyle(sample).color
    sample.remove()
    return rgba(colour).slice(0, 3)
  }
  const background = (element) => {
    const layers = []
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor)
      layers.push(colour)
      if (colour[3] === 1) break
    }
    return layers.reduceRight((under, layer) => over(layer, under), canvas())
  }
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const faint = () => {
    const found = new Set()
    const judge = (element, colour, style) => {
      const behind = background(element)
      const size = parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700)
      const reached = ratio(over(rgba(colour), behind), behind)
      if (reached < (large ? 3 : 4.5)) found.add(`${name(element)} ${reached.toFixed(2)}:1`)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const element = text.parentElement
      if (!text.data.trim() || !shown(element) || element.closest("[aria-hidden=true], :disabled, canvas")) continue
      const style = getComputedStyle(element)
      judge(element, element.closest("svg") ? style.fill : style.color, style)
    }
    for (const field of document.querySelectorAll("input[placeholder]")) {
      if (shown(field)) judge(field, getComputedStyle(field, "::placeholder").color, getComputedStyle(field))
    }
    return [...found]
  }

  // ---------------------------------------------------------------- structure
  const untidyTables = () =>
    [...document.querySelectorAll("table")].flatMap((table) => {
      const said = table.caption?.textContent.trim() || "a table"
      const faults = []
      if (!table.caption?.textContent.trim()) faults.push("no caption")
      if (table.querySelector("thead th:not([scope=col]), thead td")) faults.push("a column header without scope")
      for (const row of table.tBodies[0]?.rows ?? []) {
        if (row.cells[0].tagName !== "TH" || row.cells[0].scope !== "row") faults.push("a row without its header")
      }
      for (const cell of table.querySelectorAll("td.number")) {
        if (getComputedStyle(cell).textAlign !== "right") faults.push("a number not to the right")
      }
      return [...new Set(faults)].map((fault) => `${said}: ${fault}`)
    })

  const headings = () =>
    [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((heading) => Number(heading.tagName[1]))

  const sideways = () => {
    const page = document.documentElement
    const main = document.querySelector('[data-testid="stMain"]') ?? page
    return Math.max(page.scrollWidth - page.clientWidth, main.scrollWidth - main.clientWidth)
  }

  // ---------------------------------------------------------------- focus
  const fromTheTop = () => {
    const start = document.createElement("button")
    document.body.prepend(start)
    start.focus()
    start.remove()
  }
  const isRinged = (element) => {
    for (let each = element, steps = 0; each && steps < 4; each = each.parentElement, steps++) {
      const style = getComputedStyle(each)
      if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true
    }
    return false
  }
  // Where the focus is: null at either end of the page.
  const focused = () => {
    const element = document.activeElement
    if (!element || element === document.body || element === document.documentElement) return null
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect()
    const isRoom = element.matches("main, [role=region]")
    const middle = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10))
    const visited = Number(element.dataset.visited ?? 0) + 1
    element.dataset.visited = visited
    return {
      name: name(element),
      words: (element.innerText || element.getAttribute("aria-label") || "").trim(),
      href: element.getAttribute("href"),
      isRinged: isRinged(element),
      isHidden: !isRoom && !(middle && (element.contains(middle) || middle.contains(element))),
      visited,
    }
  }

  const moving = () =>
    [...document.querySelectorAll("body *")].filter((element) => {
      const style = getComputedStyle(element)
      const longest = (times) => Math.max(...times.split(",").map(parseFloat))
      return shown(element) && (longest(style.animationDuration) > 0.01 || longest(style.transitionDuration) > 0.01)
    }).map(name)

  // Until nothing in the page has changed for so many milliseconds, or three seconds have passed.
  const still = (quiet) => new Promise((resolve) => {
    const began = performance.now()
    let changed = began
    const observer = new MutationObserver(() => { changed = performance.now() })
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    const look = (now) => {
      if (now - changed < quiet && now - began < 3000) return requestAnimationFrame(look)
      observer.disconnect()
      resolve()
    }
    requestAnimationFrame(look)
  })

  // Words in pictures that are shown and small, cut off at the picture's edge, or written over one another.
  const pictures = (smallest) => [...document.querySelectorAll("main svg")].filter(shown).flatMap((svg) => {
    const whole = svg.getBoundingClientRect()
    const words = [...svg.querySelectorAll("text")].map((text) => ({
      said: text.textContent,
      box: text.getBoundingClientRect(),
      size: parseFloat(getComputedStyle(text).fontSize) * whole.width / svg.viewBox.baseVal.width,
    }))
    const apart = (a, b) => a.right < b.left + 1 || b.right < a.left + 1 || a.bottom < b.top + 3 || b.bottom < a.top + 3
    return [
      ...words.filter(({ size }) => size < smallest).map(({ said, size }) => `${said}: ${size.toFixed(1)} px`),
      ...words.filter(({ box }) => box.left < whole.left - 1 || box.right > whole.right + 1).map(({ said }) => `${said}: cut`),
      ...words.flatMap((one, place) => words.slice(place + 1).filter((other) => !apart(one.box, other.box))
        .map((other) => `${one.said} over ${other.said}`)),
    ]
  })

  window.measures = { still, pictures, faint, untidyTables, headings, sideways, fromTheTop, focused, moving }
}
