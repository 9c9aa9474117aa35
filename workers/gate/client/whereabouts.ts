import { gateMessages as words } from '#workers/ui/messages/en.ts';
import { part } from './screen.ts';

/**
 * Where this scanner is, sent along with scans once somebody allowed it. The browser is asked by the switch alone: a
 * question in the way of a scan would hold up the queue.
 */

export type Location = { readonly latitude: number; readonly longitude: number };

const storageKey = 'gate-location';
/** Metres, not the person's seat: five decimals of a degree are about one. */
const decimals = 5;
const options: PositionOptions = { maximumAge: 60_000, timeout: 20_000 };

export function openWhereabouts(): () => Location | undefined {
  if (!('geolocation' in navigator)) return () => undefined;
  let here: Location | undefined;
  let watch: number | undefined;
  const toggle = part<HTMLInputElement>('[data-location-switch]');
  const hint = part('[data-location-hint]');
  part('[data-location]').hidden = false;

  function start(): void {
    watch ??= navigator.geolocation.watchPosition(
      ({ coords }) => {
        here = { latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) };
      },
      ({ code, PERMISSION_DENIED }) => {
        if (code !== PERMISSION_DENIED) return;
        stop();
        hint.textContent = words.tools.locationRefused;
      },
      options,
    );
    toggle.checked = true;
  }

  function stop(): void {
    if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    watch = undefined;
    here = undefined;
    toggle.checked = false;
  }

  toggle.addEventListener('change', () => {
    localStorage.setItem(storageKey, toggle.checked ? 'on' : 'off');
    if (toggle.checked) start();
    else stop();
  });
  void isAllowed().then((allowed) => {
    if (allowed && localStorage.getItem(storageKey) !== 'off') start();
  });
  return () => here;
}

async function isAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted';
  } catch {
    return false;
  }
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(decimals));
}
