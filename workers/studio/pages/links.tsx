import { entryChannels } from '#shared/entry/channels.ts';
import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Field } from '#workers/ui/components/field.tsx';
import { Notice } from '#workers/ui/components/notice.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';
import type { LinksView } from '../views.ts';
import { EventHead } from './event-head.tsx';
import { WayIn } from './way-in.tsx';

const words = messages.studio.links;

const labelMax = 80;

export function LinksPage({ viewer, links: view }: { viewer: Viewer; links: LinksView }) {
  const { event, links } = view;
  return (
    <Layout
      viewer={viewer}
      title={words.title(event.title)}
      section="studio"
      isPrivate
      islands={['studio/links.island.js']}
    >
      <EventHead event={event} current="links" words={words} />
      <div class="ways">
        <NewLink view={view} />
        <section aria-labelledby="existing">
          <div class="section-head">
            <h2 id="existing">{words.existing}</h2>
            <p>{links.length === 0 ? words.empty : words.existingHint}</p>
          </div>
          <ul class="posters">
            {links.toReversed().map((link) => (
              <WayIn event={event} link={link} />
            ))}
          </ul>
        </section>
      </div>
    </Layout>
  );
}

function NewLink({ view }: { view: LinksView }) {
  const { event, values, error } = view;
  return (
    <section class="new-way" aria-labelledby="make">
      <div class="section-head">
        <h2 id="make">{words.make}</h2>
      </div>
      {error !== undefined && <Notice kind="refusal" title={words.errorTitle} />}
      <form method="post" action={pathTo('studioLinks', { slug: event.slug })}>
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
        <div class="field">
          <label for="channel">{words.channel}</label>
          <select id="channel" name="channel">
            {entryChannels.map((channel) => (
              <option value={channel} selected={channel === values.channel}>
                {words.channels[channel]}
              </option>
            ))}
          </select>
        </div>
        <Opens view={view} />
        <Button>{words.submit}</Button>
      </form>
    </section>
  );
}

/** Rewards and referral tickets are on no page: a link is the only way to them. */
function Opens({ view: { openable, values } }: { view: LinksView }) {
  if (openable.length === 0) return null;
  return (
    <>
      <div class="field">
        <label for="opens">{words.opens}</label>
        <p class="hint" id="opens-hint">
          {words.opensHint}
        </p>
        <select id="opens" name="opens" aria-describedby="opens-hint">
          <option value="">{words.opensNothing}</option>
          {openable.map(({ id, name }) => (
            <option value={id} selected={id === values.opens}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="count">{words.opensCount}</label>
        <input id="count" name="count" type="number" min="1" max="10000" value={values.count} inputmode="numeric" />
      </div>
    </>
  );
}
