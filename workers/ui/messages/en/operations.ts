import { locale } from './locale.ts';

const whole = new Intl.NumberFormat(locale);
const secondsMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/** What the platform's own people see of the machinery. */
export const operations = {
  link: 'Logs and read models',
  title: 'Logs and read models',
  lead: 'Every event and every desk writes a log. The database reads them in order; this is how far it is.',
  aside: 'Set aside',
  noneAside: 'Nothing. Every entry that was read could be kept.',
  asideFull: (shown: number) => `The newest ${shown} are shown.`,
  entry: (seq: number) => `entry ${whole.format(seq)}`,
  since: 'Since',
  again: 'Read this log anew',
  logs: 'Logs',
  noLogs: 'No log has been read yet.',
  log: 'Log',
  read: 'Read up to',
  newest: 'Newest',
  behind: 'Unread',
  behindBy: (count: number) => whole.format(count),
  upToDate: 'None',
  lag: 'Age when read',
  measured: 'Last read',
  number: (value: number) => whole.format(value),
  /** Coarse on purpose: what matters is whether it is milliseconds or minutes. */
  duration(ms: number): string {
    if (ms < secondsMs) return `${whole.format(ms)} ms`;
    if (ms < minuteMs) return `${whole.format(Math.round(ms / secondsMs))} s`;
    if (ms < hourMs) return `${whole.format(Math.round(ms / minuteMs))} min`;
    return `${whole.format(Math.round(ms / hourMs))} h`;
  },
};
