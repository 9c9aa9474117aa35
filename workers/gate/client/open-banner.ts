import { clockTime } from '#workers/ui/messages/dates.ts';
import { gateMessages as words } from '#workers/ui/messages/en.ts';
import type { GateNow } from '../views.ts';
import { part } from './screen.ts';

/** A gate's page stands open all day: when every gate is opened, or ends being so, it says so without being scanned at. */

const askEveryMs = 15_000;

export function watchOpenGates(url: string, timeZone: string): { look: () => void } {
  const banner = part('[data-open]');
  const says = part('[data-open-says]');

  async function look(): Promise<void> {
    try {
      const response = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (!response.ok) return;
      const { openSinceMs } = (await response.json()) as GateNow;
      banner.hidden = openSinceMs === null;
      says.textContent = openSinceMs === null ? '' : words.opened.says(clockTime(openSinceMs, timeZone));
    } catch {
      // Without network the scans themselves say so; the next look may reach it.
    }
  }

  setInterval(() => {
    if (!document.hidden) void look();
  }, askEveryMs);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void look();
  });
  return { look: () => void look() };
}
