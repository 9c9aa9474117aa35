import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Browser } from 'playwright-core';
import { encodeQR } from 'qr';

/**
 * Films of people holding codes up, drawn frame by frame and written as motion JPEG: Chromium's fake camera plays them, thirty
 * frames a second, again from the start when they end.
 */

/** How a code is held, and what the hall does to it. */
export type Look = {
  /** Side of the code, of the picture's height. */
  readonly size?: number;
  readonly degrees?: number;
  /** Pixels it wanders about. */
  readonly sway?: number;
  readonly blur?: number;
  /** 1 is as drawn. */
  readonly light?: number;
  readonly contrast?: number;
  /** Grain of a cheap sensor, 0 to 255. */
  readonly grain?: number;
  /** Light on dark, as dark themes draw it. */
  readonly inverted?: boolean;
  /** Part of its side torn off the lower right corner, where no finder pattern is. */
  readonly torn?: number;
};

/** Codes in the picture for so many frames; none is the floor between two people. */
export type Shot = { readonly codes: readonly string[]; readonly frames: number; readonly look?: Look };

export const held: Look = { size: 0.62, degrees: 7, sway: 14, blur: 0.8, light: 0.8, contrast: 0.85, grain: 18 };
export const floor = (frames: number): Shot => ({ codes: [], frames });

/** As webcams give it. */
const picture = { width: 640, height: 480 } as const;

export async function film(browser: Browser, shots: readonly Shot[], path: string): Promise<void> {
  const page = await browser.newPage();
  const file = createWriteStream(path);
  try {
    let at = 0;
    for (const { codes, frames, look = held } of shots) {
      const grids = codes.map((code) => encodeQR(code, 'raw', { ecc: 'medium', border: 4 }));
      const jpegs = await page.evaluate(draw, { grids, frames, look, at, ...picture });
      for (const jpeg of jpegs) file.write(Buffer.from(jpeg, 'base64'));
      at += frames;
    }
  } finally {
    await page.close();
    file.end();
    await once(file, 'close');
  }
}

type Drawing = {
  readonly grids: readonly (readonly (readonly boolean[])[])[];
  readonly frames: number;
  readonly look: Look;
  readonly at: number;
  readonly width: number;
  readonly height: number;
};

/** Runs in the browser, whose types this project does not load. */
function draw({ grids, frames, look, at, width, height }: Drawing): string[] {
  const { document } = globalThis as unknown as { document: { createElement(tag: 'canvas'): Canvas } };
  const { size = 0.6, degrees = 0, sway = 0, blur = 0, light = 1, contrast = 1, grain = 0 } = look;
  const [ink, ground] = look.inverted === true ? ['#eee', '#111'] : ['#111', '#f4f4f4'];
  const side = height * size * (grids.length > 1 ? 0.55 : 1);
  const floorColour = '#7a6a55';
  const sheet = (across: number, down: number) => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: across, height: down });
    return { canvas, context: canvas.getContext('2d') };
  };

  /** A phone with its code, drawn once; a filter over every module of it would take seconds a frame. */
  const phones = grids.map((grid) => {
    const { canvas, context } = sheet(side * 1.24, side * 1.7);
    const [left, top] = [side * 0.12, side * 0.35];
    const cell = side / grid.length;
    context.fillStyle = '#222';
    context.fillRect(0, 0, side * 1.24, side * 1.7);
    context.fillStyle = ground;
    context.fillRect(left, top, side, side);
    context.fillStyle = ink;
    for (const [y, row] of grid.entries()) {
      for (const [x, isDark] of row.entries()) {
        if (isDark) context.fillRect(left + x * cell, top + y * cell, cell + 0.4, cell + 0.4);
      }
    }
    const torn = side * (look.torn ?? 0);
    context.fillStyle = floorColour;
    context.fillRect(left + side - torn, top + side - torn, torn, torn);
    return canvas;
  });

  const specks = sheet(width, height);
  const pixels = specks.context.getImageData(0, 0, width, height);
  for (let index = 0; index < pixels.data.length; index += 4) {
    const isBright = (index * 7_919) % 997 > 498;
    pixels.data.fill(isBright ? 255 : 0, index, index + 3);
    pixels.data[index + 3] = (((index * 104_729) % 997) / 997) * grain;
  }
  specks.context.putImageData(pixels, 0, 0);

  const { canvas: paper, context } = sheet(width, height);
  return Array.from({ length: frames }, (_, turn) => {
    const now = at + turn;
    context.filter = 'none';
    context.fillStyle = floorColour;
    context.fillRect(0, 0, width, height);
    context.filter = `blur(${blur}px) brightness(${light}) contrast(${contrast})`;
    for (const [index, phone] of phones.entries()) {
      const centre = (width * (index + 1)) / (phones.length + 1) + Math.sin(now / 7) * sway;
      context.save();
      context.translate(centre, height / 2 + Math.cos(now / 9) * sway);
      context.rotate(((degrees + (Math.sin(now / 11) * degrees) / 3) * Math.PI) / 180);
      context.drawImage(phone, -side * 0.62, -side * 0.85);
      context.restore();
    }
    context.filter = 'none';
    // Another corner of the specks each time: grain that stood still would be part of the picture.
    context.drawImage(specks.canvas, -((now * 37) % 64), -((now * 23) % 64), width + 64, height + 64);
    return paper.toDataURL('image/jpeg', 0.85).split(',')[1] ?? '';
  });
}

type Pixels = { readonly data: Uint8ClampedArray };
type Canvas = {
  getContext(kind: '2d'): {
    filter: string;
    fillStyle: string;
    fillRect(x: number, y: number, width: number, height: number): void;
    save(): void;
    restore(): void;
    translate(x: number, y: number): void;
    rotate(radians: number): void;
    drawImage(canvas: Canvas, x: number, y: number, width?: number, height?: number): void;
    getImageData(x: number, y: number, width: number, height: number): Pixels;
    putImageData(pixels: Pixels, x: number, y: number): void;
  };
  toDataURL(type: string, quality: number): string;
};
