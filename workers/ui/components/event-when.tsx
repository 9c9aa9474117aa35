import type { EpochMs } from '#shared/time.ts';
import { eventSpanParts, isoInstant } from '../messages/dates.ts';

type EventWhenProps = { event: { startsAtMs: EpochMs; endsAtMs: EpochMs; timeZone: string } };

/** When an event is; its hours stay together on a line. */
export function EventWhen({ event: { startsAtMs, endsAtMs, timeZone } }: EventWhenProps) {
  const [days, hours] = eventSpanParts(startsAtMs, endsAtMs, timeZone);
  return (
    <>
      <time datetime={isoInstant(startsAtMs)}>{days}</time>
      {hours && (
        <>
          , <span class="whole">{hours}</span>
        </>
      )}
    </>
  );
}
