import type { Floor, FloorDevice } from '#objects/event-inventory/client.ts';
import { incidentClosings } from '#shared/gate/incidents.ts';
import type { Lane } from '#shared/gate/floor.ts';
import { announcementLimit } from '#shared/gate/socket-messages.ts';
import type { LiveSnapshot } from '#shared/live/snapshot.ts';
import { secondMs } from '#shared/time.ts';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { clockTime } from '#workers/ui/messages/dates.ts';
import { gateMessages, messages, studioMessages } from '#workers/ui/messages/en.ts';
import type { EventCard } from '#workers/ui/views.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { EventHead } from './event-head.tsx';

const words = messages.floor;
const incidentWords = studioMessages.incidents;
/** Below this nobody needs to hear of it. */
const clockOffMs = 30 * secondMs;

export type GatesView = {
  readonly event: EventCard;
  readonly timeZone: string;
  readonly floor: Floor;
  readonly zones: LiveSnapshot['zones'];
  readonly gates: ReadonlyMap<string, string>;
  readonly socketUrl: string;
  readonly message: {
    readonly id: string;
    readonly text: string;
    readonly error: string | undefined;
    readonly isSent: boolean;
  };
};

/** One look says where it jams: lanes with their pace, what two gates gave twice, why people are turned away. */
export function GatesPage({ viewer, gates: view }: { viewer: Viewer; gates: GatesView }) {
  const { event, floor, timeZone, socketUrl } = view;
  return (
    <Layout
      viewer={viewer}
      title={words.title(event.title)}
      section="studio"
      isPrivate
      islands={['studio/gates.island.js']}
    >
      <EventHead event={event} current="gates" words={words} />
      <div class="floor" data-floor data-socket={socketUrl}>
        <div data-floor-now>
          <p class="small" role="status">
            {words.asOf(clockTime(floor.atMs, timeZone))}
          </p>
          <Incidents view={view} />
          <Heads view={view} />
          <Lanes view={view} />
          <Refusals floor={floor} />
        </div>
        <aside>
          <Saying view={view} />
          <section aria-labelledby="list">
            <h2 id="list">{words.list}</h2>
            <p>{words.listHint}</p>
            <ButtonLink href={pathTo('studioTicketList', { slug: event.slug })} quiet>
              {words.listLink}
            </ButtonLink>
          </section>
        </aside>
      </div>
    </Layout>
  );
}

function Heads({ view: { zones } }: { view: GatesView }) {
  return (
    <section aria-labelledby="inside">
      <h2 id="inside">{words.inside}</h2>
      <ul class="heads">
        {zones.map(({ name, inside, limit }) => (
          <li>
            <b>{limit === undefined ? Math.max(0, inside) : words.insideOf(Math.max(0, inside), limit)}</b>
            <span>{name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lanes({ view }: { view: GatesView }) {
  const { event, floor } = view;
  const inService = floor.devices.filter(
    ({ revokedAtMs, endsAtMs }) => revokedAtMs === undefined && endsAtMs > floor.atMs,
  );
  const laneOf = new Map(floor.lanes.map((lane) => [lane.deviceId, lane]));
  const busiest = (device: FloorDevice) => laneOf.get(device.deviceId)?.perMinute ?? -1;
  return (
    <section aria-labelledby="lanes">
      <div class="section-head">
        <h2 id="lanes">{words.lanes}</h2>
        <p>{inService.length === 0 ? words.noLanes : words.lanesHint}</p>
      </div>
      {inService.length === 0 && (
        <ButtonLink href={pathTo('studioDevices', { slug: event.slug })}>{words.enrol}</ButtonLink>
      )}
      <ul class="lanes">
        {inService
          .toSorted((a, b) => busiest(b) - busiest(a))
          .map((device) => (
            <LaneCard view={view} device={device} lane={laneOf.get(device.deviceId)} />
          ))}
      </ul>
    </section>
  );
}

function LaneCard({ view, device, lane }: { view: GatesView; device: FloorDevice; lane: Lane | undefined }) {
  const { event, gates } = view;
  const { deviceId, label, gateId, isConnected } = device;
  return (
    <li class={isConnected ? 'lane' : 'lane is-silent'}>
      <p class="pace">
        <b>{(lane?.perMinute ?? 0).toFixed(1)}</b> {words.perMinute}
      </p>
      <div>
        <h3>{label}</h3>
        <p>{gates.get(lane?.gateId ?? gateId) ?? gateId}</p>
        <p class={isConnected ? 'tag' : 'tag live'}>{standingOf(view, device, lane)}</p>
        <ul class="small">
          {notesOf(view, device, lane).map((note) => (
            <li>{note}</li>
          ))}
        </ul>
        {lane?.warnings.map((warning) => (
          <p class="warning">{words.warnings[warning]}</p>
        ))}
      </div>
      <form method="post" action={pathTo('studioDeviceLock', { slug: event.slug })}>
        <input type="hidden" name="device" value={deviceId} />
        <button class="button quiet" aria-label={words.lockOf(label)}>
          {words.lock}
        </button>
      </form>
    </li>
  );
}

function standingOf({ timeZone }: GatesView, { isConnected, told }: FloorDevice, lane: Lane | undefined): string {
  if (isConnected) return words.online;
  const heardAtMs = Math.max(told?.toldAtMs ?? 0, lane?.lastScanAtMs ?? 0);
  return heardAtMs === 0 ? words.neverHeard : words.offlineSince(clockTime(heardAtMs, timeZone));
}

function notesOf({ timeZone }: GatesView, { told }: FloorDevice, lane: Lane | undefined): string[] {
  const notes: string[] = [];
  if (told !== undefined && told.waiting > 0) notes.push(words.waiting(told.waiting));
  if (told?.manifestAtMs !== undefined) notes.push(words.manifestFrom(clockTime(told.manifestAtMs, timeZone)));
  if (told?.offsetMs !== undefined && Math.abs(told.offsetMs) > clockOffMs) {
    notes.push(words.clockOff(Math.round(Math.abs(told.offsetMs) / secondMs)));
  }
  if (lane !== undefined && lane.refused > 0) notes.push(words.refused(lane.refused));
  return notes;
}

function Incidents({ view }: { view: GatesView }) {
  const { event, floor, gates, timeZone } = view;
  const labels = new Map(floor.devices.map(({ deviceId, label }) => [deviceId, label]));
  return (
    <section aria-labelledby="incidents">
      <div class="section-head">
        <h2 id="incidents">{words.incidents}</h2>
        <p>{floor.incidents.length === 0 ? words.noIncidents : words.incidentsHint(floor.incidents.length)}</p>
      </div>
      <ul class="incidents">
        {floor.incidents.map(({ incidentId, kind, scans, deviceId }) => (
          <li>
            <h3>{incidentWords.kinds[kind].says}</h3>
            <p>{incidentWords.kinds[kind].next}</p>
            <ol>
              {scans.map((scan) => (
                <li>
                  {words.scanAt(
                    gates.get(scan.gateId) ?? scan.gateId,
                    clockTime(scan.atMs, timeZone),
                    labels.get(scan.deviceId) ?? scan.deviceId,
                  )}
                </li>
              ))}
              {scans.length === 0 && deviceId !== undefined && <li>{labels.get(deviceId) ?? deviceId}</li>}
            </ol>
            <form method="post" action={pathTo('studioIncident', { slug: event.slug })}>
              <input type="hidden" name="incident" value={incidentId} />
              <label>
                {words.closeAs}{' '}
                <select name="closing">
                  {incidentClosings.map((closing) => (
                    <option value={closing}>{incidentWords.closings[closing]}</option>
                  ))}
                </select>
              </label>
              <button class="button quiet">{words.close}</button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Refusals({ floor: { refusals, overrides } }: { floor: Floor }) {
  return (
    <section aria-labelledby="refusals">
      <div class="section-head">
        <h2 id="refusals">{words.refusals}</h2>
        <p>{refusals.length === 0 ? words.noRefusals : words.refusalsHint}</p>
      </div>
      <ul class="reasons">
        {refusals.map(({ reason, count }) => (
          <li>
            <b>{count}</b> {gateMessages.reasons[reason].says}
          </li>
        ))}
      </ul>
      {overrides > 0 && <p>{words.overrides(overrides)}</p>}
    </section>
  );
}

function Saying({ view: { event, message, floor, timeZone } }: { view: GatesView }) {
  const { announcement } = floor;
  return (
    <section aria-labelledby="message">
      <h2 id="message">{words.message}</h2>
      {message.isSent && (
        <p class="did" role="status">
          {words.sent}
        </p>
      )}
      <form method="post" action={pathTo('studioGatesMessage', { slug: event.slug })}>
        <input type="hidden" name="id" value={message.id} />
        <Field
          name="text"
          label={words.messageLabel}
          hint={words.messageHint}
          type="text"
          value={message.text}
          error={message.error}
          autocomplete="off"
          maxLength={announcementLimit}
        />
        <Button>{words.send}</Button>
      </form>
      {announcement !== undefined && (
        <p class="small">{words.last(clockTime(announcement.atMs, timeZone), announcement.text)}</p>
      )}
    </section>
  );
}
