/** Finds codes in a camera's picture. */
export type Detector = {
  /** The texts of all codes in the picture there is now. Asked again only once it has answered. */
  readonly detect: (video: HTMLVideoElement) => Promise<readonly string[]>;
};

/** Tickets are QR codes; a ticket's number may also stand beside one as a Code 128. */
const nativeFormats = ['qr_code', 'code_128'];

type NativeDetector = {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
};
type NativeDetectors = {
  new (options: { formats: readonly string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** The browser's own where it reads QR codes, because it is faster and costs no download; otherwise ours. */
export async function openDetector(workerUrl: string): Promise<Detector> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetectors }).BarcodeDetector;
  const formats = (await Native?.getSupportedFormats().catch(() => [])) ?? [];
  const supported = nativeFormats.filter((format) => formats.includes(format));
  if (Native === undefined || !supported.includes('qr_code')) return ownDetector(workerUrl);
  return nativeDetector(new Native({ formats: supported }));
}

/** Pictures without a code before one is looked at with its light and dark exchanged. */
const invertEvery = 4;

/** Browsers' own detectors miss codes that a dark theme drew light on dark, so now and then the picture is turned over. */
function nativeDetector(native: NativeDetector): Detector {
  const paper = document.createElement('canvas');
  let empty = 0;
  return {
    async detect(video) {
      const isTurned = empty % invertEvery === invertEvery - 1;
      const source = isTurned ? inverted(video, paper) : video;
      const texts = (await native.detect(source)).map(({ rawValue }) => rawValue);
      empty = texts.length > 0 ? 0 : empty + 1;
      return texts;
    },
  };
}

function inverted(video: HTMLVideoElement, paper: HTMLCanvasElement): HTMLCanvasElement {
  const { width, height } = fitted(video);
  paper.width = width;
  paper.height = height;
  const context = paper.getContext('2d');
  if (context === null) return paper;
  context.filter = 'invert(1)';
  context.drawImage(video, 0, 0, width, height);
  return paper;
}

/** Longest side that is looked at: a live code an arm's length away has four points a module then. */
const sideMax = 960;

function fitted({ videoWidth, videoHeight }: HTMLVideoElement): { width: number; height: number } {
  const scale = Math.min(1, sideMax / Math.max(videoWidth, videoHeight, 1));
  return { width: Math.max(1, Math.round(videoWidth * scale)), height: Math.max(1, Math.round(videoHeight * scale)) };
}

/** Decodes in a worker: a picture takes some ten milliseconds, in which the page would neither scroll nor sound. */
function ownDetector(workerUrl: string): Detector {
  const worker = new Worker(workerUrl, { type: 'module' });
  const paper = document.createElement('canvas');
  const context = paper.getContext('2d', { willReadFrequently: true });
  const waiting = new Map<number, (texts: readonly string[]) => void>();
  let number = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<{ number: number; texts: readonly string[] }>) => {
    waiting.get(data.number)?.(data.texts);
    waiting.delete(data.number);
  });
  return {
    detect(video) {
      const { width, height } = fitted(video);
      if (context === null || video.videoWidth === 0) return Promise.resolve([]);
      if (paper.width !== width || paper.height !== height) Object.assign(paper, { width, height });
      context.drawImage(video, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      number += 1;
      const asked = number;
      return new Promise((resolve) => {
        waiting.set(asked, resolve);
        worker.postMessage({ number: asked, width, height, pixels: data.buffer }, [data.buffer]);
      });
    },
  };
}
