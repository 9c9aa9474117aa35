import type { Locator } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** Reads a QR code as a gate's camera would: from the pixels on the screen. */
export async function readQr(code: Locator): Promise<string> {
  return decodeQR(await pixelsOf(code));
}

/** What a camera sees of an element: four bytes a pixel. */
export async function pixelsOf(code: Locator): Promise<{ width: number; height: number; data: Uint8Array }> {
  const browser = code.page().context().browser();
  if (browser === null) throw new Error('The page has no browser to unpack its picture with');
  const picture = (await code.screenshot()).toString('base64');
  // In a page of its own: the visitor's may have its scripts turned off.
  const darkroom = await browser.newPage();
  try {
    const { width, height, pixels } = await darkroom.evaluate(unpack, picture);
    return { width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) };
  } finally {
    await darkroom.close();
  }
}

/** Runs in the browser, whose types this project does not load. */
async function unpack(base64: string): Promise<{ width: number; height: number; pixels: string }> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const browser = globalThis as unknown as BrowserGlobals;
  const bitmap = await browser.createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const paper = new browser.OffscreenCanvas(width, height).getContext('2d');
  paper.drawImage(bitmap, 0, 0);
  const { data } = paper.getImageData(0, 0, width, height);
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return { width, height, pixels: btoa(text) };
}

type Bitmap = { readonly width: number; readonly height: number };

type BrowserGlobals = {
  readonly createImageBitmap: (picture: Blob) => Promise<Bitmap>;
  readonly OffscreenCanvas: new (
    width: number,
    height: number,
  ) => {
    readonly getContext: (kind: '2d') => {
      readonly drawImage: (bitmap: Bitmap, x: number, y: number) => void;
      readonly getImageData: (x: number, y: number, width: number, height: number) => { data: Uint8ClampedArray };
    };
  };
};
