import type { Device } from '#d1/queries/devices.ts';
import type { Passkey } from '#d1/queries/passkeys.ts';
import type { sessionsOf } from '#d1/queries/sessions.ts';
import { pathTo } from '#workers/routes.ts';
import { PushSwitch, pushSwitchIsland } from '#workers/ui/components/push-switch.tsx';
import { isoInstant } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import { AccountFrame } from './frame.tsx';
import { Hidden } from './hidden.tsx';

const words = messages.security;

type ListedSession = Awaited<ReturnType<typeof sessionsOf>>[number];
type Here = { sessionId: string; deviceId: string | undefined };

type SecurityPageProps = {
  viewer: Viewer;
  sessions: readonly ListedSession[];
  devices: readonly Device[];
  passkeys: readonly Passkey[];
  /** Undefined where push is not set up. */
  vapidKey: string | undefined;
  here: Here;
};

export function SecurityPage({ viewer, sessions, devices, passkeys, vapidKey, here }: SecurityPageProps) {
  return (
    <AccountFrame
      viewer={viewer}
      title={words.title}
      page="security"
      islands={['account/passkey.island.js', pushSwitchIsland]}
    >
      <p class="summary">{words.lead}</p>
      <div class="guarded">
        <Passkeys passkeys={passkeys} />
        <Devices devices={devices} here={here} />
        <Sessions sessions={sessions} here={here} />
        <PushSwitch vapidKey={vapidKey} />
      </div>
    </AccountFrame>
  );
}

function Sessions({ sessions, here }: { sessions: readonly ListedSession[]; here: Here }) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{words.sessions.title}</h2>
      <ul>
        {sessions.map((session) => {
          const name = session.deviceName ?? words.unknownBrowser;
          const isHere = session.id === here.sessionId;
          return (
            <li>
              <h3>
                {name} {isHere && <span class="tag live">{words.sessions.here}</span>}
              </h3>
              <p class="small">
                {words.sessions.since} <Day at={session.createdAtMs} />, {words.method[session.method]}.{' '}
                {words.sessions.seen} <Day at={session.lastSeenAtMs} />.
              </p>
              {!isHere && (
                <Act
                  action={pathTo('sessionEnd')}
                  fields={{ session: session.id }}
                  label={words.sessions.end}
                  named={words.sessions.endNamed(name)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <Act action={pathTo('sessionEnd')} fields={{ others: '1' }} label={words.sessions.endOthers} />
      )}
    </section>
  );
}

function Devices({ devices, here }: { devices: readonly Device[]; here: Here }) {
  const action = pathTo('deviceConfirm');
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">{words.devices.title}</h2>
      <p>{words.devices.lead}</p>
      <ul>
        {devices.map(({ id, name, publicKey, confirmedAtMs, lastSeenAtMs }) => {
          const isWaiting = confirmedAtMs === null;
          return (
            <li class={isWaiting ? 'waiting' : undefined}>
              <h3>
                {name} {id === here.deviceId && <span class="tag live">{words.sessions.here}</span>}
                {isWaiting && <span class="tag">{words.devices.waiting}</span>}
              </h3>
              <p class="small">
                {publicKey === null ? words.devices.unlocked : words.devices.locked}. {words.sessions.seen}{' '}
                <Day at={lastSeenAtMs} />.
              </p>
              {isWaiting && id !== here.deviceId && (
                <Act
                  action={action}
                  fields={{ device: id, what: 'confirm' }}
                  label={words.devices.confirm}
                  named={words.devices.confirmNamed(name)}
                />
              )}
              {id !== here.deviceId && (
                <Act
                  action={action}
                  fields={{ device: id, what: 'remove' }}
                  label={isWaiting ? words.devices.remove : words.devices.forget}
                  named={isWaiting ? words.devices.removeNamed(name) : words.devices.forgetNamed(name)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Passkeys({ passkeys }: { passkeys: readonly Passkey[] }) {
  const { added, used, never, synced, bound } = words.passkeys;
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{words.passkeys.title}</h2>
      {passkeys.length === 0 && <p>{words.passkeys.none}</p>}
      <ul>
        {passkeys.map(({ id, name, createdAtMs, lastUsedAtMs, isBackedUp }) => (
          <li>
            <h3>{name}</h3>
            <p class="small">
              {isBackedUp ? synced : bound}. {added} <Day at={createdAtMs} />. {used}{' '}
              {lastUsedAtMs === null ? never : <Day at={lastUsedAtMs} />}.
            </p>
            <Act
              action={pathTo('passkeys')}
              fields={{ passkey: id }}
              label={words.passkeys.remove}
              named={words.passkeys.removeNamed(name)}
            />
          </li>
        ))}
      </ul>
      <div
        data-add-passkey={pathTo('passkeyOptions')}
        data-next={pathTo('security')}
        data-prove={`${pathTo('prove')}?${new URLSearchParams({ next: pathTo('security') }).toString()}`}
        data-failed={words.passkeys.failed}
      >
        <button class="button" type="button" hidden>
          {words.passkeys.add}
        </button>
        <p class="error" role="alert"></p>
      </div>
    </section>
  );
}

type ActProps = { action: string; fields: Readonly<Record<string, string>>; label: string; named?: string };

function Act({ action, fields, label, named }: ActProps) {
  return (
    <form method="post" action={action}>
      <Hidden fields={fields} />
      <button class="link" aria-label={named}>
        {label}
      </button>
    </form>
  );
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** These belong to no event, so their clock is UTC, and says so. */
function Day({ at }: { at: number }) {
  return <time datetime={isoInstant(at)}>{`${day.format(at)} UTC`}</time>;
}
