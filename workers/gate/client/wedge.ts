import { noKeys, pressed } from '#shared/gate/key-burst.ts';
import { noSightings, sight, type Sightings } from '#shared/gate/sightings.ts';

/**
 * Listens for scanners that act as keyboards, wherever the focus is. A trigger that is held, or pressed twice, types the same
 * code again: that is one person, as it is before a camera. Typed by hand into the field, it is the form's.
 */
export function watchKeys(field: HTMLInputElement, scanned: (code: string) => void): void {
  let burst = noKeys;
  let seen: Sightings = noSightings;
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = pressed(burst, event.key, event.timeStamp);
      ({ burst } = next);
      if (next.code === undefined) return;
      // Otherwise its Enter would press whatever button has the focus.
      event.preventDefault();
      event.stopPropagation();
      if (document.activeElement === field) field.value = '';
      const { after, fresh } = sight(seen, [next.code], event.timeStamp);
      seen = after;
      if (fresh !== undefined) scanned(fresh);
    },
    { capture: true },
  );
}
