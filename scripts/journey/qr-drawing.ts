import { decodeQR } from 'qr/decode.js';

/** Pixels a module is drawn with: few, but more than one, as the decoder looks for edges. */
const pixelsPerModule = 4;
const white = 255;

/** Reads the QR code drawn on a ticket page, from the drawing itself: one path of unit squares. */
export function readQrDrawing(page: string): string {
  const drawing = /<svg viewBox="0 0 (\d+) \1"[^>]*><path d="([^"]*h1v1[^"]*)"/.exec(page);
  if (drawing?.[1] === undefined || drawing[2] === undefined) throw new Error('The page has no QR code');
  const size = Number(drawing[1]) * pixelsPerModule;
  const pixels = new Uint8Array(size * size * 3).fill(white);
  let [x, y] = [0, 0];
  for (const [, move, across, down] of drawing[2].matchAll(/([Mm])(-?\d+)[ ,]?(-?\d+)/g)) {
    // Closing a square returns to its corner, from where the next one is measured.
    [x, y] = move === 'M' ? [Number(across), Number(down)] : [x + Number(across), y + Number(down)];
    blacken(pixels, size, x, y);
  }
  return decodeQR({ width: size, height: size, data: pixels });
}

function blacken(pixels: Uint8Array, size: number, x: number, y: number): void {
  for (let row = y * pixelsPerModule; row < (y + 1) * pixelsPerModule; row += 1) {
    const from = (row * size + x * pixelsPerModule) * 3;
    pixels.fill(0, from, from + pixelsPerModule * 3);
  }
}
