import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm';

/** Reads codes out of pictures, beside the page. Loaded only where the browser has no detector of its own. */

type Picture = {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: ArrayBuffer;
};
type Here = {
  postMessage(message: { number: number; texts: readonly string[] }): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Picture>) => void): void;
};

const here = self as unknown as Here;

here.addEventListener('message', ({ data: { number, width, height, pixels } }) => {
  void readTexts(new ImageData(new Uint8ClampedArray(pixels), width, height)).then((texts) => {
    here.postMessage({ number, texts });
  });
});

// From our own address: the package would fetch it from a public one. Pictures that come before it is there wait for it.
const ready = prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

/** Torn corners, light on dark, upside down, small, and badly lit: each of these options earns its milliseconds at a gate. */
async function readTexts(picture: ImageData): Promise<string[]> {
  try {
    await ready;
    const results = await readBarcodes(picture, {
      formats: ['QRCode', 'Code128'],
      tryHarder: true,
      tryInvert: true,
      tryRotate: true,
      tryDownscale: true,
      maxNumberOfSymbols: 4,
      textMode: 'Plain',
    });
    return results.filter(({ isValid }) => isValid).map(({ text }) => text);
  } catch {
    // The next picture is a twentieth of a second away.
    return [];
  }
}
