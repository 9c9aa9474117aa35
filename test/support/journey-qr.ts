import type { Locator, Page } from 'playwright-core';
import { decodeQR } from 'qr/decode.js';

/** How a camera meets a code: smaller or larger, held at an angle, in a worse light. */
export type Scene = {
  /** Of the picture on the screen. */
  readonly scale?: number;
  readonly degrees?: number;
  /** What is left between black and white, from 1 down. */
  readonly contrast?: number;
  /** How bright white is, from 1 down. */
  readonly brightness?: number;
};

/** Reads a QR code as a gate's camera would: from the pixels on the screen. */
export async function readQr(code: Locator, scene: Scene = {}): Promise<string> {
  return readPicture(code.page(), await code.screenshot(), scene);
}

/** The same of a picture that was taken before. Any page lends its browser. */
export async function readPicture(page: Page, picture: Buffer, scene: Scene = {}): Promise<string> {
  return decodeQR(await unpacked(page, picture, scene));
}

/** What a camera sees of an element: four bytes a pixel. */
export async function pixelsOf(code: Locator): Promise<Pixels> {
  return unpacked(code.page(), await code.screenshot());
}

type Pixels = { width: number; height: number; data: Uint8Array };

async function unpacked(page: Page, picture: Buffer, scene: Scene = {}): Promise<Pixels> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser to unpack its picture with');
  // In a page of its own: the visitor's may have its scripts turned off.
  const darkroom = await browser.newPage();
  try {
    const seen = { scale: 1, degrees: 0, contrast: 1, brightness: 1, ...scene, picture: picture.toString('base64') };
    const { width, height, pixels } = await darkroom.evaluate(unpack, seen);
    return { width, height, data: new Uint8Array(Buffer.from(pixels, 'base64')) };
  } finally {
    await darkroom.close();
  }
}

/** Runs in the browser, whose types this project does not load. */
async function unpack({ picture, scale, degrees, contrast, brightness }: Required<Scene> & { picture: string }) {
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const browser = globalThis as unknown as BrowserGlobals;
  const bitmap = await browser.createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const turn = (degrees / 180) * Math.PI;
  const [sine, cosine] = [Math.abs(Math.sin(turn)), Math.abs(Math.cos(turn))];
  const width = Math.ceil(scale * (bitmap.width * cosine + bitmap.height * sine));
  const height = Math.ceil(scale * (bitmap.width * sine + bitmap.height * cosine));
  const paper = new browser.OffscreenCanvas(width, height).getContext('2d');
  paper.filter = `contrast(${contrast}) brightness(${brightness})`;
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, width, height);
  paper.translate(width / 2, height / 2);
  paper.rotate(turn);
  paper.scale(scale, scale);
  paper.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
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
      filter: string;
      fillStyle: string;
      readonly fillRect: (x: number, y: number, width: number, height: number) => void;
      readonly translate: (x: number, y: number) => void;
      readonly rotate: (radians: number) => void;
      readonly scale: (x: number, y: number) => void;
      readonly drawImage: (picture: Bitmap, x: number, y: number) => void;
      readonly getImageData: (x: number, y: number, width: number, height: number) => { data: Uint8ClampedArray };
    };
  };
};
