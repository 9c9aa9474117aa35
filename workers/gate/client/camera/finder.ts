import { handheldMessages as words } from '#workers/ui/messages/en.ts';
import { part } from '../screen.ts';
import { openCamera, type Camera } from './camera.ts';

/** The viewfinder: the camera's picture, what it says of it, and the few buttons that belong to a camera. */

const wantedKey = 'gate-camera-wanted';

export function openFinder(workerUrl: string, seen: (text: string, seenAtMs: number) => void): void {
  const main = part('[data-gate]');
  const video = part<HTMLVideoElement>('[data-video]');
  const says = part('[data-finder-says]');
  const start = part<HTMLButtonElement>('[data-camera-start]');
  const [torch, change] = [part<HTMLButtonElement>('[data-torch]'), part<HTMLButtonElement>('[data-camera-change]')];
  let camera: Camera | undefined;

  async function open(): Promise<void> {
    start.disabled = true;
    says.textContent = words.opening;
    const opened = await openCamera(video, workerUrl, {
      seen,
      crowded(isCrowded) {
        says.textContent = isCrowded ? words.crowded : words.aim;
        main.toggleAttribute('data-crowded', isCrowded);
      },
      stopped: (problem) => close(words.problems[problem]),
    });
    start.disabled = false;
    if (typeof opened === 'string') return close(words.problems[opened]);
    camera = opened;
    localStorage.setItem(wantedKey, 'yes');
    main.dataset['camera'] = 'on';
    says.textContent = words.aim;
    torch.hidden = !camera.canTorch;
    change.hidden = camera.count < 2;
    void keepAwake();
  }

  function close(why: string): void {
    camera?.stop();
    camera = undefined;
    main.dataset['camera'] = 'off';
    says.textContent = why;
  }

  start.addEventListener('click', () => void open());
  change.addEventListener('click', () => void camera?.change());
  torch.addEventListener('click', () => {
    const isOn = torch.getAttribute('aria-pressed') !== 'true';
    torch.setAttribute('aria-pressed', String(isOn));
    void camera?.setTorch(isOn);
  });
  part('[data-finder]').hidden = false;
  main.dataset['camera'] = 'off';
  void wasAllowed().then((isAllowed) => {
    // Asked for by a press the first time; after that the page opens with its picture.
    if (isAllowed && localStorage.getItem(wantedKey) === 'yes') void open();
  });
}

async function wasAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'camera' })).state === 'granted';
  } catch {
    // Browsers that cannot say ask by themselves when the camera is opened.
    return true;
  }
}

/** A screen that goes dark between two people is a queue that stops. */
async function keepAwake(): Promise<void> {
  const hold = () => navigator.wakeLock?.request('screen').catch(() => undefined);
  await hold();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void hold();
  });
}
