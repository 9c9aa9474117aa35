import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue and opacity, 0 to 255. */
export type Colour = readonly [number, number, number, number];

/** Samples a pixel's side is divided into: edges are smooth. */
const samples = 4;

/** A square picture as a PNG file (W3C PNG, third edition): eight bits, truecolour with alpha, no filter. */
export function png(pixels: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows = Array.from({ length: pixels }, (_, y) => {
    const row = Array.from({ length: pixels }, (_each, x) => pixelAt(x, y, colourAt));
    return [0, ...row.flat()];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const image = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', image), chunk('IEND', Buffer.alloc(0))]);
}

function pixelAt(x: number, y: number, colourAt: (x: number, y: number) => Colour): number[] {
  const sum = [0, 0, 0, 0];
  for (let at = 0; at < samples * samples; at += 1) {
    const [dx, dy] = [(at % samples) + 0.5, Math.floor(at / samples) + 0.5];
    const [red, green, blue, opacity] = colourAt(x + dx / samples, y + dy / samples);
    // What is not there has no colour to mix in.
    for (const [part, value] of [red * opacity, green * opacity, blue * opacity, opacity].entries()) {
      sum[part] = (sum[part] ?? 0) + value;
    }
  }
  const [red = 0, green = 0, blue = 0, opacity = 0] = sum;
  const solid = Math.max(opacity, 1);
  return [red / solid, green / solid, blue / solid, opacity / (samples * samples)].map(Math.round);
}

function chunk(name: string, contents: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), contents]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(contents.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
