import { roles, type Role } from '#shared/access/permissions.ts';
import { auditActions } from '#shared/trail/audit.ts';
import { pathTo } from '#workers/routes.ts';
import { Layout } from '#workers/ui/layout.tsx';
import { isoInstant, timeStamp } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { AuditChoice, AuditView } from '../views.ts';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.audit;
const subjectMax = 80;

type AuditPageProps = { viewer: Viewer; tools: readonly Tool[]; audit: AuditView };

export function AuditPage({ viewer, tools, audit: view }: AuditPageProps) {
  const { lines, next, zone, chosen, isMisread, isFirst } = view;
  return (
    <Layout viewer={viewer} title={words.title} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="audit" shown={tools} />
        <div class="opening">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
      </header>
      {isMisread && (
        <p class="did" role="status">
          {words.filterError}
        </p>
      )}
      <Filter view={view} />
      {lines.length === 0 ? (
        <p class="empty summary">{words.empty}</p>
      ) : (
        <table class="audit">
          <thead>
            <tr>
              <th scope="col">{words.when(zone)}</th>
              <th scope="col">{words.who}</th>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.details}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line view={view} line={line} />
            ))}
          </tbody>
        </table>
      )}
      <p class="actions after">
        {!isFirst && <a href={address(chosen)}>{words.newest}</a>}
        {next !== undefined && <a href={address(chosen, `${next.atMs}.${next.id}`)}>{words.older}</a>}
      </p>
      <Export chosen={chosen} exportMax={view.exportMax} />
    </Layout>
  );
}

function Line({ view, line }: { view: AuditView; line: AuditView['lines'][number] }) {
  const { zone, chosen } = view;
  const { atMs, action, actorId, actorName, subjectId, subjectName, facts } = line;
  return (
    <tr>
      <td>
        <time datetime={isoInstant(atMs)}>{timeStamp(atMs, zone)}</time>
      </td>
      <td>
        {actorId === null ? (
          words.nobody
        ) : (
          <a href={address({ ...chosen, actor: actorId })}>{actorName ?? nameless(actorId)}</a>
        )}
      </td>
      <td>{words.actions[action]}</td>
      <td>
        {subjectId !== null && subjectId !== actorId && (
          <a href={address({ ...chosen, subject: subjectId })}>{subjectName ?? subjectId}</a>
        )}
        <ul class="facts">
          {Object.entries(facts).map(([name, value]) => (
            <li>
              <small>{words.facts[name] ?? name}</small> {factText(name, value, zone)}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

/** Roles and instants read as words; the rest are codes, which is what they are searched by. */
function factText(name: string, value: string | number | boolean, zone: string): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return name.endsWith('Ms') ? timeStamp(value, zone) : String(value);
  const isRole = name === 'role' || name === 'was';
  return (isRole && roles.find((role) => role === value) && messages.team.roles[value as Role].name) || value;
}

/** A device is called by its id; a person without a name is one who left. */
function nameless(id: string): string {
  return id.startsWith('per_') ? words.erased : id;
}

function address(chosen: AuditChoice, before?: string): string {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''));
  if (before !== undefined) query.set('before', before);
  return query.size === 0 ? pathTo('studioAudit') : `${pathTo('studioAudit')}?${query.toString()}`;
}

function Filter({ view: { chosen, people } }: { view: AuditView }) {
  const isListed = chosen.actor === '' || people.some(({ id }) => id === chosen.actor);
  return (
    <form class="audit-filter" method="get" action={pathTo('studioAudit')}>
      <div>
        <label for="action">{words.action}</label>
        <select id="action" name="action">
          <option value="">{words.allActions}</option>
          {auditActions.map((action) => (
            <option value={action} selected={action === chosen.action}>
              {words.actions[action]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="actor">{words.person}</label>
        <select id="actor" name="actor">
          <option value="">{words.anybody}</option>
          {!isListed && (
            <option value={chosen.actor} selected>
              {chosen.actor}
            </option>
          )}
          {people.map(({ id, name }) => (
            <option value={id} selected={id === chosen.actor}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="subject">{words.subject}</label>
        <input
          id="subject"
          name="subject"
          value={chosen.subject}
          maxlength={subjectMax}
          placeholder={words.subjectHint}
          autocomplete="off"
        />
      </div>
      <div>
        <label for="from">{words.from}</label>
        <input id="from" name="from" type="date" value={chosen.from} />
      </div>
      <div>
        <label for="until">{words.until}</label>
        <input id="until" name="until" type="date" value={chosen.until} />
      </div>
      <p class="actions">
        <button class="button quiet">{words.show}</button>
        <a href={pathTo('studioAudit')}>{words.clear}</a>
      </p>
    </form>
  );
}

function Export({ chosen, exportMax }: Pick<AuditView, 'chosen' | 'exportMax'>) {
  return (
    <form class="after" method="post" action={pathTo('studioAuditExport')}>
      {Object.entries(chosen).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="button quiet">{words.download}</button>
      <p class="small">{words.downloadHint(exportMax.toLocaleString('en'))}</p>
    </form>
  );
}
