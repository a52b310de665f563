// A field to draw on, and pictures in the size that a net reads.

// The digits of MNIST fill 20 of 28 pixels, around their centre of mass. Smaller pictures are filled by what they show.
const shareOfDigit = 20 / 28;
const smallest = 20;

/** Lets a canvas be drawn on, in white on black. Calls changed after each stroke. */
export function drawing(canvas, changed) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let last = null;
  clear(canvas);
  const at = event => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * canvas.width / box.width, y: (event.clientY - box.top) * canvas.height / box.height };
  };
  const stroke = event => {
    const next = at(event);
    Object.assign(context, { strokeStyle: "#fff", lineWidth: canvas.width / 14, lineCap: "round", lineJoin: "round" });
    context.beginPath();
    context.moveTo(last.x, last.y);
    context.lineTo(next.x + 0.01, next.y);
    context.stroke();
    last = next;
    changed();
  };
  canvas.addEventListener("pointerdown", event => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    stroke(event);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", event => { if (last) stroke(event); });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; });
}

/** Makes a canvas black. */
export function clear(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#000";
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** The box and the centre of mass of what is drawn; null if nothing is. */
function drawn(canvas) {
  const { data } = canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, canvas.width, canvas.height);
  const box = { left: canvas.width, top: canvas.height, right: -1, bottom: -1 };
  let [mass, x, y] = [0, 0, 0];
  for (let i = 0, at = 0; i < data.length; i += 4, at++) {
    if (data[i] === 0) continue;
    const [column, line] = [at % canvas.width, Math.floor(at / canvas.width)];
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column);
    box.top = Math.min(box.top, line);
    box.bottom = Math.max(box.bottom, line);
    mass += data[i];
    x += data[i] * (column + 0.5);
    y += data[i] * (line + 0.5);
  }
  return mass === 0 ? null : { ...box, x: x / mass, y: y / mass };
}

const png = canvas => new Promise(resolve => canvas.toBlob(resolve, "image/png"));

function black(width, height) {
  const made = document.createElement("canvas");
  Object.assign(made, { width, height });
  clear(made);
  const context = made.getContext("2d");
  Object.assign(context, { imageSmoothingEnabled: true, imageSmoothingQuality: "high" });
  return [made, context];
}

/** What is drawn as a PNG in the size of a net; null if nothing is drawn. */
export async function pictureOf(canvas, { width, height }) {
  const found = drawn(canvas);
  if (!found) return null;
  const [made, context] = black(width, height);
  const share = Math.min(width, height) >= smallest ? shareOfDigit : 1;
  const [wide, tall] = [found.right - found.left + 1, found.bottom - found.top + 1];
  const scale = share * Math.min(width / wide, height / tall);
  const centre = share < 1 ? found : { x: found.left + wide / 2, y: found.top + tall / 2 };
  context.drawImage(canvas, found.left, found.top, wide, tall,
    width / 2 + (found.left - centre.x) * scale, height / 2 + (found.top - centre.y) * scale, wide * scale, tall * scale);
  return png(made);
}

/** A picture file in the size of a net; the file itself if the net's pictures were resized when it was trained. */
export async function pictureIn(file, { width, height, resized }) {
  if (resized) return file;
  const bitmap = await createImageBitmap(file);
  if (bitmap.width === width && bitmap.height === height) return file;
  const [made, context] = black(width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return png(made);
}
