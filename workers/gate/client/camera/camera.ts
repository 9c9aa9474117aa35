import { noSightings, sight } from '#shared/gate/sightings.ts';
import { openDetector, type Detector } from './detector.ts';

/** Why there is no picture. */
export type CameraProblem = 'denied' | 'none' | 'busy';

export type CameraEvents = {
  /** A code came into view. `seenAtMs` is when its picture was taken, on `performance.now()`'s clock. */
  readonly seen: (text: string, seenAtMs: number) => void;
  /** Several people's codes are in view, or no longer. */
  readonly crowded: (isCrowded: boolean) => void;
  readonly stopped: (problem: CameraProblem) => void;
};

export type Camera = {
  readonly canTorch: boolean;
  readonly setTorch: (isOn: boolean) => Promise<void>;
  /** How many there are to choose from. */
  readonly count: number;
  /** The next of them. */
  readonly change: () => Promise<void>;
  readonly stop: () => void;
};

/** Looks at most so often: more finds no code sooner, and empties the battery. */
const lookEveryMs = 45;
const storageKey = 'gate-camera';

/** Phones' tracks say whether they have a torch; the browser's types do not know of it. */
function hasTorch(track: MediaStreamTrack | undefined): boolean {
  const capabilities: (MediaTrackCapabilities & { torch?: boolean }) | undefined = track?.getCapabilities?.();
  return capabilities?.torch === true;
}

/** Opens the camera into a video element and reads codes until it is stopped. Asks for permission when it must. */
export async function openCamera(
  video: HTMLVideoElement,
  workerUrl: string,
  events: CameraEvents,
): Promise<Camera | CameraProblem> {
  if (navigator.mediaDevices === undefined) return 'none';
  const detector = await openDetector(workerUrl);
  let stream = await openStream(localStorage.getItem(storageKey) ?? undefined);
  if (typeof stream === 'string') return stream;
  const reading = read(video, detector, events);
  await show(video, stream);
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  const track = () => (typeof stream === 'string' ? undefined : stream.getVideoTracks()[0]);
  watchEnd(track(), events);
  return {
    get canTorch() {
      return hasTorch(track());
    },
    async setTorch(isOn) {
      await track()?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
    },
    count: cameras.length,
    async change() {
      const current = track()?.getSettings().deviceId;
      const at = cameras.findIndex(({ deviceId }) => deviceId === current);
      const next = cameras[(at + 1) % cameras.length]?.deviceId;
      if (next === undefined) return;
      // Phones lend out one camera at a time: the first goes back before the second is asked for.
      track()?.stop();
      localStorage.setItem(storageKey, next);
      stream = await openStream(next);
      if (typeof stream === 'string') events.stopped(stream);
      else {
        await show(video, stream);
        watchEnd(track(), events);
      }
    },
    stop() {
      reading.stop();
      track()?.stop();
      video.srcObject = null;
    },
  };
}

/** Wide enough for a live code at arm's length, and no wider: every pixel is looked at. */
async function openStream(deviceId: string | undefined): Promise<MediaStream | CameraProblem> {
  const which = deviceId === undefined ? { facingMode: 'environment' } : { deviceId: { ideal: deviceId } };
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { ...which, width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') return 'denied';
    return name === 'NotReadableError' ? 'busy' : 'none';
  }
}

async function show(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.srcObject = stream;
  await video.play().catch(() => undefined);
}

/** Another app took it, or somebody withdrew the permission. */
function watchEnd(track: MediaStreamTrack | undefined, events: CameraEvents): void {
  track?.addEventListener('ended', () => events.stopped('busy'));
}

function read(video: HTMLVideoElement, detector: Detector, events: CameraEvents): { stop: () => void } {
  const stopping = new AbortController();
  let seen = noSightings;
  let wasCrowded = false;
  let lookedAtMs = 0;

  async function look(takenAtMs: number): Promise<void> {
    lookedAtMs = performance.now();
    const texts = await detector.detect(video).catch(() => []);
    const { after, fresh, isCrowded } = sight(seen, texts, performance.now());
    seen = after;
    if (isCrowded !== wasCrowded) events.crowded(isCrowded);
    wasCrowded = isCrowded;
    if (fresh !== undefined && !stopping.signal.aborted) events.seen(fresh, takenAtMs);
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const takenAtMs = await nextPicture(video);
      if (performance.now() - lookedAtMs >= lookEveryMs && !document.hidden) await look(takenAtMs);
    }
  }

  void loop();
  return { stop: () => stopping.abort() };
}

/** When it was taken: by the camera's word where the browser passes it on, otherwise when it was shown. */
function nextPicture(video: HTMLVideoElement): Promise<number> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) {
      video.requestVideoFrameCallback((now, { captureTime, presentationTime }) => {
        resolve(captureTime ?? presentationTime ?? now);
      });
    } else requestAnimationFrame(resolve);
  });
}
