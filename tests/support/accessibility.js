// What is wrong with a page for some of its readers: functions that return lists of sentences.
(() => {
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isHidden = (element) => !isShown(element) || element.closest("[aria-hidden=true]");
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => !isHidden(element));
  const named = (element) =>
    element.localName + (element.id && `#${element.id}`) + ` ${element.textContent.trim().slice(0, 40)}`;

  function structure() {
    const counted = ["main", "h1"].map((name) => [name, shown(name).length]);
    const headings = shown("h1, h2, h3, h4, h5, h6");
    const level = (heading) => Number(heading.localName[1]);
    return [
      ...(document.documentElement.lang ? [] : ["html has no lang"]),
      ...(document.title.trim() ? [] : ["there is no title"]),
      ...(document.querySelector("meta[name=viewport]") ? [] : ["there is no meta viewport"]),
      ...counted.filter(([, count]) => count !== 1).map(([name, count]) => `${count} times ${name}`),
      ...headings
        .filter((heading, i) => level(heading) > (i ? level(headings[i - 1]) : 0) + 1)
        .map((heading) => `a level is skipped before ${named(heading)}`),
    ];
  }

  function overflow() {
    const { clientWidth, scrollWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = shown("body *").filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} pixels in ${clientWidth}: ${wide.slice(0, 5).map(named).join(", ")}`];
  }

  const pixel = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = pixel.getContext("2d", { willReadFrequently: true });

  // Any colour of CSS → red, green, blue of 0–255 and alpha of 0–1; a pattern is transparent.
  function rgba(colour) {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = "transparent";
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  const over = ([r, g, b, a], under) =>
    [r, g, b].map((channel, i) => channel * a + under[i] * (1 - a)).concat(1);

  function luminance(colour) {
    const [r, g, b] = colour
      .slice(0, 3)
      .map((channel) => channel / 255)
      .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const ancestors = (element) =>
    element ? [element, ...ancestors(element.parentElement)] : [];

  // The fills of those shapes of a drawing that lie below a text, the lowest first.
  function fills(text, box) {
    const svg = text.closest("svg");
    if (!svg) return [];
    const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [...svg.querySelectorAll("rect, path, circle")]
      .filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .filter((shape) => isShown(shape) && getComputedStyle(shape).fill !== "none")
      .filter((shape) =>
        shape.isPointInFill(middle.matrixTransform(shape.getScreenCTM().inverse())))
      .map((shape) => getComputedStyle(shape).fill);
  }

  function background(element, box) {
    const canvas = document.createElement("i");
    canvas.style.backgroundColor = "Canvas";
    document.documentElement.append(canvas);
    const colours = [getComputedStyle(canvas).backgroundColor];
    canvas.remove();
    for (const around of ancestors(element).reverse())
      colours.push(getComputedStyle(around).backgroundColor);
    return [...colours, ...fills(element, box)].map(rgba).reduce((under, it) => over(it, under));
  }

  function foreground(element, under) {
    const style = getComputedStyle(element);
    const [r, g, b, alpha] = rgba(element.closest("svg") ? style.fill : style.color);
    const opacity = ancestors(element).map((e) => Number(getComputedStyle(e).opacity));
    return over([r, g, b, opacity.reduce((product, it) => product * it, alpha)], under);
  }

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      const around = element.getBoundingClientRect();
      const isSeen = Math.min(box.width, box.height, around.width, around.height) > 1;
      if (walker.currentNode.data.trim() && isSeen && isShown(element)) yield [element, box];
    }
  }

  // Background images and what is drawn over a text by its position are not looked at.
  function contrast(least) {
    const running = document.getAnimations().filter((animation) =>
      Number.isFinite(animation.effect.getComputedTiming().endTime));
    running.forEach((animation) => animation.finish());
    return [...texts()].flatMap(([element, box]) => {
      const under = background(element, box);
      const value = ratio(foreground(element, under), under);
      return value < least ? [`contrast ${value.toFixed(2)} of ${named(element)}`] : [];
    });
  }

  return { structure, overflow, contrast };
})()
