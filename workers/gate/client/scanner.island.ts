import { freshScanId } from './fresh-scan-id.ts';
import { handheldMessages as words } from '#workers/ui/messages/en.ts';
import { openFinder } from './camera/finder.ts';
import { keepPage } from './keep-page.ts';
import { openNfc } from './nfc.ts';
import { directionOf, keepFocus, rememberDirection, scanOf } from './scan-form.ts';
import { ScannerScreen } from './scanner-screen.ts';
import { openStation, type ScanAsked, type Station } from './station.ts';
import { watchKeys } from './wedge.ts';
import { openWhereabouts } from './whereabouts.ts';
import { part } from './screen.ts';

/**
 * The scanner of an enrolled phone. Codes come from its camera, from scanners that type, from NFC and from hand, all into one
 * line of people; `station.ts` decides each with the event or without it, `scanner-screen.ts` fills the screen with the answer.
 */

const lockName = 'gate-scanner';

const root = document.querySelector<HTMLElement>('[data-gate]');
if (root) await begin(root);

async function begin(main: HTMLElement): Promise<void> {
  // One window of a phone scans. The one opened last takes over, and the other says so and stops.
  const released = navigator.locks?.request(lockName, { steal: true }, () => new Promise(() => undefined));
  released?.catch(() => giveWay());
  const form = part<HTMLFormElement>('[data-scan]');
  const input = part<HTMLInputElement>('#code');
  const where = openWhereabouts();
  const screen = new ScannerScreen(main);
  // Its store takes a moment to open. Codes are heard from now on: one read too early must not be one lost.
  const opening = openStation(main.dataset, screen);

  /** A phone that can keep nothing decides nothing by itself: its page's forms then go to the event as they are. */
  function withStation(from: HTMLFormElement, act: (station: Station) => Promise<void>, code = ''): void {
    const send = () => {
      input.value = code;
      from.submit();
    };
    void opening.then(act, send);
  }

  function submit(asked: ScanAsked, from = form): void {
    const scan = { ...asked, location: where(), deviceAtMs: asked.deviceAtMs ?? Date.now() };
    screen.checking();
    withStation(from, (station) => station.scan(scan), asked.code);
  }

  /** A code that was seen, typed by a scanner, or tapped: the direction is what the switch says now. */
  function read(code: string, seenAtMs = performance.now()): void {
    const direction = directionOf(new FormData(form));
    // The picture was taken a moment ago, and so was its code's ten seconds.
    const deviceAtMs = Math.round(Date.now() - (performance.now() - seenAtMs));
    submit({ scanId: freshScanId(), code: code.trim(), direction, seenAtMs, deviceAtMs });
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = input.value.trim();
    input.value = '';
    if (code !== '') read(code);
  });
  form.addEventListener('change', () => rememberDirection(directionOf(new FormData(form))));
  document.addEventListener('submit', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLFormElement) || target.dataset['act'] === undefined) return;
    event.preventDefault();
    const fields = new FormData(target);
    const { act } = target.dataset;
    if (act === 'take_back') withStation(target, (station) => station.takeBack(fields));
    else if (act === 'hand_over') withStation(target, (station) => station.handOver(fields, where()));
    else submit(scanOf(fields), target);
  });
  watchKeys(input, read);
  openNfc(read);
  openFinder(main.dataset['decoder'] ?? '', read);
  // With a camera running nobody types; a keyboard that slides over the picture helps nobody.
  if (main.dataset['camera'] !== 'on' && matchMedia('(pointer: fine)').matches) keepFocus(input);
  const parts = JSON.parse(main.dataset['parts'] ?? '[]') as string[];
  const { worker = '', page = '' } = main.dataset;
  // Without room for it this phone scans as long as its page stays open.
  await keepPage(worker, page, parts).catch(() => undefined);
}

function giveWay(): void {
  const notice = document.createElement('main');
  notice.className = 'gate-step';
  const says = document.createElement('p');
  says.className = 'summary';
  says.setAttribute('role', 'alert');
  says.textContent = words.elsewhere;
  const goOn = document.createElement('button');
  goOn.className = 'button wide';
  goOn.textContent = words.goOnHere;
  goOn.addEventListener('click', () => location.reload());
  notice.append(says, goOn);
  // Everything goes, the camera with it: a page that is gone scans nothing.
  document.body.replaceChildren(notice);
}
