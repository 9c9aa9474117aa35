import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { TeamView } from '../views.ts';
import { Outcome } from './outcome.tsx';
import { StudioTools, type Tool } from './tools.tsx';

const words = messages.team;
const emailMax = 254;

type TeamsPageProps = {
  viewer: Viewer;
  tools: readonly Tool[];
  businesses: readonly { id: string; name: string }[];
};

export function TeamsPage({ viewer, tools, businesses }: TeamsPageProps) {
  return (
    <Layout viewer={viewer} title={words.chooseTitle} section="studio" isPrivate>
      <StudioTools current="team" shown={tools} />
      <div class="opening">
        <h1>{words.chooseTitle}</h1>
        <p>{words.chooseLead}</p>
      </div>
      <ul class="gates">
        {businesses.map(({ id, name }) => (
          <li>
            <a href={pathTo('studioTeam', { businessId: id })}>
              <b>{name}</b>
            </a>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

type TeamPageProps = { viewer: Viewer; tools: readonly Tool[]; team: TeamView };

export function TeamPage({ viewer, tools, team }: TeamPageProps) {
  const { business, members, error, did } = team;
  return (
    <Layout viewer={viewer} title={words.title(business.name)} section="studio" isPrivate>
      <header class="studio-head">
        <StudioTools current="team" shown={tools} />
        <div class="opening">
          <h1>
            <small>{business.name}</small>
            {words.kicker}
          </h1>
          <p>{words.lead}</p>
        </div>
      </header>
      <Outcome error={error} notDone={words.notDone} did={did && words.did[did]} />
      <div class="ways">
        <Invite team={team} />
        <div>
          <section aria-labelledby="members">
            <div class="section-head">
              <h2 id="members">{words.members}</h2>
              <p>{words.count(members.length)}</p>
            </div>
            <ul class="members">
              {members.map((member) => (
                <Member business={business} member={member} />
              ))}
            </ul>
          </section>
          <Invitations team={team} />
        </div>
      </div>
    </Layout>
  );
}

function Member({ business, member }: { business: TeamView['business']; member: TeamView['members'][number] }) {
  const { personId, name, email, role, isSelf, mayBecome } = member;
  const action = pathTo('studioTeamMember', { businessId: business.id });
  const roleId = `role-${personId}-${role}`;
  return (
    <li class="member">
      <div>
        <h3>
          {name} {isSelf && <span class="tag">{words.self}</span>}
        </h3>
        {email !== name && <p class="small">{email}</p>}
      </div>
      {mayBecome.length === 0 ? (
        <p class="role">
          {words.roles[role].name}
          <small>{words.roles[role].may}</small>
        </p>
      ) : (
        <form method="post" action={action} class="role-form">
          <input type="hidden" name="person" value={personId} />
          <input type="hidden" name="from" value={role} />
          <label class="hidden" for={roleId}>
            {words.roleOf(name)}
          </label>
          <select id={roleId} name="to">
            {mayBecome.map((each) => (
              <option value={each} selected={each === role}>
                {words.roles[each].name}
              </option>
            ))}
          </select>
          <button class="button quiet" aria-label={words.changeOf(name)}>
            {words.change}
          </button>
        </form>
      )}
      {mayBecome.length > 0 && (
        <details class="remove">
          <summary aria-label={words.removeOf(name, words.roles[role].name)}>{words.remove}</summary>
          <form method="post" action={action}>
            <p>{words.removeAsk(name)}</p>
            <input type="hidden" name="person" value={personId} />
            <input type="hidden" name="from" value={role} />
            <input type="hidden" name="to" value="" />
            <button class="button">{words.removeYes(name)}</button>
          </form>
        </details>
      )}
    </li>
  );
}

function Invite({ team: { business, mayGrant, values } }: { team: TeamView }) {
  return (
    <section aria-labelledby="invite">
      <div class="section-head">
        <h2 id="invite">{words.invite}</h2>
      </div>
      <form method="post" action={pathTo('studioTeam', { businessId: business.id })}>
        <Field
          name="email"
          label={words.email}
          hint={words.inviteLead}
          type="email"
          value={values.email}
          autocomplete="off"
          maxLength={emailMax}
        />
        <fieldset class="choices">
          <legend>{words.role}</legend>
          {mayGrant.map((role) => (
            <label>
              <input type="radio" name="role" value={role} checked={role === values.role} required />
              <span>
                {words.roles[role].name}
                <small>{words.roles[role].may}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <Button>{words.inviteSubmit}</Button>
      </form>
    </section>
  );
}

function Invitations({ team: { business, invitations, mayGrant } }: { team: TeamView }) {
  return (
    <section aria-labelledby="open">
      <div class="section-head">
        <h2 id="open">{words.open}</h2>
        <p>{invitations.length === 0 ? words.openNone : words.openHint}</p>
      </div>
      <ul class="members">
        {invitations.map(({ id, email, role, invitedBy, expiresAtMs }) => (
          <li class="member">
            <div>
              <h3>{email}</h3>
              <p class="small">{words.invitedBy(invitedBy, `${dayAndTime(expiresAtMs, 'UTC')} UTC`)}</p>
            </div>
            <p class="role">{words.roles[role].name}</p>
            {mayGrant.includes(role) && (
              <form method="post" action={pathTo('studioInvitationRevoke', { businessId: business.id })}>
                <input type="hidden" name="id" value={id} />
                <button class="link" aria-label={words.takeBackOf(email)}>
                  {words.takeBack}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
