import { raw } from 'hono/html';
import { pathTo } from '#workers/routes.ts';
import { Button, ButtonLink } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { DevicesView, EnrolmentView } from '../views.ts';
import { EventHead } from './event-head.tsx';

const words = messages.devices;
const labelMax = 40;
const spans = ['4h', '8h', '12h', 'event'] as const;

export function DevicesPage({ viewer, devices: view }: { viewer: Viewer; devices: DevicesView }) {
  const { event, scanners, isLocked, error } = view;
  return (
    <Layout viewer={viewer} title={words.title(event.title)} section="studio" isPrivate>
      <EventHead event={event} current="devices" words={words} />
      {isLocked && error === undefined && (
        <p class="did" role="status">
          {words.locked}
        </p>
      )}
      <div class="ways">
        <NewScanner view={view} />
        <section aria-labelledby="existing">
          <div class="section-head">
            <h2 id="existing">{words.existing}</h2>
            <p>{scanners.length === 0 ? words.none : words.existingHint}</p>
          </div>
          <ul class="members">
            {scanners.map((scanner) => (
              <Scanner view={view} scanner={scanner} />
            ))}
          </ul>
        </section>
      </div>
    </Layout>
  );
}

function NewScanner({ view: { event, gates, mayOffer, values, error } }: { view: DevicesView }) {
  return (
    <section aria-labelledby="add">
      <div class="section-head">
        <h2 id="add">{words.add}</h2>
      </div>
      {error !== undefined && <Notice kind="refusal" title={words.notMade} />}
      <form method="post" action={pathTo('studioDevices', { slug: event.slug })}>
        <Field
          name="label"
          label={words.label}
          hint={words.labelHint}
          type="text"
          value={values.label}
          error={error}
          autocomplete="off"
          maxLength={labelMax}
        />
        <Choice name="gate" label={words.gate} chosen={values.gate} options={gates} />
        <Choice
          name="role"
          label={words.role}
          chosen={values.role}
          options={mayOffer.map((id) => ({ id, name: words.roles[id] }))}
        />
        <Choice
          name="until"
          label={words.until}
          chosen={values.until}
          options={spans.map((id) => ({ id, name: words.spans[id] }))}
        />
        <label class="check">
          <input type="checkbox" name="shared" value="yes" checked={values.shared === 'yes'} />
          <span>{words.shared}</span>
        </label>
        <Button>{words.submit}</Button>
      </form>
    </section>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  chosen: string;
  options: readonly { readonly id: string; readonly name: string }[];
};

function Choice({ name, label, chosen, options }: ChoiceProps) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map((option) => (
          <option value={option.id} selected={option.id === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Scanner({ view, scanner }: { view: DevicesView; scanner: DevicesView['scanners'][number] }) {
  const { event, gates, timeZone, now } = view;
  const { deviceId, label, gateId, role, isShared, onDuty, enrolledBy, enrolledAtMs, endsAtMs } = scanner;
  const state = stateOf(scanner, now);
  return (
    <li class={`scanner is-${state}`}>
      <div class="scanner-head">
        <h3>{label}</h3>
        <p class={state === 'working' ? 'tag live' : 'tag'}>{words.states[state]}</p>
      </div>
      <p>
        {gates.find(({ id }) => id === gateId)?.name}. {words.roles[role]}
        {isShared && `. ${words.isShared}`}
      </p>
      <dl>
        <div>
          <dt>{words.onDuty}</dt>
          <dd>{onDuty === undefined ? words.nobody : onDuty || words.unknownPerson}</dd>
        </div>
        <div>
          <dt>{words.enrolled}</dt>
          <dd>{words.enrolledBy(dayAndTime(enrolledAtMs, timeZone), enrolledBy || words.unknownPerson)}</dd>
        </div>
        <div>
          <dt>{words.ends}</dt>
          <dd>{dayAndTime(endsAtMs, timeZone)}</dd>
        </div>
      </dl>
      {(state === 'working' || state === 'off_duty') && (
        <form method="post" action={pathTo('studioDeviceLock', { slug: event.slug })}>
          <input type="hidden" name="device" value={deviceId} />
          <button class="button" aria-label={words.lockOf(label)}>
            {words.lock}
          </button>
        </form>
      )}
    </li>
  );
}

function stateOf(scanner: DevicesView['scanners'][number], now: number): keyof typeof words.states {
  if (scanner.revokedAtMs !== undefined) return 'locked';
  if (scanner.endsAtMs <= now) return 'over';
  return scanner.onDuty === undefined ? 'off_duty' : 'working';
}

/** The only time the code is seen: leaving the page forgets it. */
export function EnrolmentPage({ viewer, enrolment }: { viewer: Viewer; enrolment: EnrolmentView }) {
  const { event, label, gateName, url, qrSvg } = enrolment;
  return (
    <Layout viewer={viewer} title={words.shown} section="studio" isPrivate>
      <div class="enrolment">
        <div>
          <p class="kicker">{words.shownFor(label, gateName)}</p>
          <h1>{words.shown}</h1>
          <p class="summary">{words.shownLead}</p>
          <ButtonLink href={pathTo('studioDevices', { slug: event.slug })} quiet>
            {words.back}
          </ButtonLink>
        </div>
        <div>
          <div class="qr" role="img" aria-label={words.qr(label)}>
            {raw(qrSvg)}
          </div>
          <p class="small">{words.orLink}</p>
          <p class="way-address">{url}</p>
        </div>
      </div>
    </Layout>
  );
}
