import { noKeys, pressed } from '#shared/gate/key-burst.ts';

/** Listens for scanners that act as keyboards, wherever the focus is. In the field for codes the form itself listens. */
export function watchKeys(field: HTMLInputElement, scanned: (code: string) => void): void {
  let burst = noKeys;
  document.addEventListener(
    'keydown',
    (event) => {
      if (document.activeElement === field || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = pressed(burst, event.key, event.timeStamp);
      ({ burst } = next);
      if (next.code === undefined) return;
      // Otherwise its Enter would press whatever button has the focus.
      event.preventDefault();
      event.stopPropagation();
      scanned(next.code);
    },
    { capture: true },
  );
}
