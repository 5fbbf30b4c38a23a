// VS Code draws outputs in a frame as tall as the notebook and scrolls it by the wheel alone: what
// takes the focus there can be far out of sight, and page keys do nothing. So a turn of the wheel
// is played where the browser has scrolled nothing itself; elsewhere such a turn has no effect.

const TURN = 2.4; // of `wheelDeltaY` for one pixel in VS Code: 120 are a notch, a notch is 50 pixels
const MARGIN = 8;
const PAUSE = 150; // ms until an editor has scrolled

function turnWheel(root, pixels) {
  const sizes = { deltaY: pixels, wheelDeltaY: -TURN * pixels };
  root.dispatchEvent(new WheelEvent("wheel", { ...sizes, bubbles: true, cancelable: true }));
}

// Where each of the elements is, and what of it is in sight, through all frames around.
function observe(...elements) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      resolve(elements.map((one) => entries.find((entry) => entry.target === one)));
    });
    for (const one of elements) observer.observe(one);
  });
}

// As a browser does it: what is out of sight comes to the middle, its top first if it is tall.
// A turn can fall short (scaled screens, an editor set to slow scrolling): it is played again.
async function reveal(root, element) {
  let before = Infinity;
  for (;;) {
    const [whole, own] = await observe(root, element);
    if (!whole || !own || element !== document.activeElement) return;
    const { top, bottom } = whole.intersectionRect;
    const box = own.boundingClientRect;
    const room = bottom - top - box.height;
    const isSeen = box.top >= top && (box.bottom <= bottom || (room < 0 && box.top < bottom - 40));
    const distance = box.top - top - Math.max(MARGIN, room / 2);
    if (top === bottom || isSeen || Math.abs(distance) > 0.9 * before) return;
    before = Math.abs(distance);
    turnWheel(root, distance);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

function keepInSight(root) {
  let isPressed = false; // what a pointer presses is in sight, and must not move under it
  root.addEventListener("pointerdown", () => (isPressed = true), true);
  for (const event of ["pointerup", "pointercancel", "pointerleave", "keydown"]) {
    root.addEventListener(event, () => (isPressed = false), true);
  }
  root.addEventListener("focusin", (event) => {
    if (event.target !== root && !isPressed) reveal(root, event.target);
  });
  root.addEventListener("keydown", async (event) => {
    const steps = { PageDown: 0.8, PageUp: -0.8, ArrowDown: 0.1, ArrowUp: -0.1 };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    for (let one = event.target; one !== root; one = one.parentElement) {
      if (one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible") return;
    }
    const [whole] = await observe(root);
    turnWheel(root, step * whole.intersectionRect.height);
  });
}
