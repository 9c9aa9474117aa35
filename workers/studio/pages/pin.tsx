import { pathTo } from '#workers/routes.ts';
import { Button } from '#workers/ui/components/button.tsx';
import { Layout } from '#workers/ui/layout.tsx';
import { dayAndTime } from '#workers/ui/messages/dates.ts';
import { messages } from '#workers/ui/messages/en.ts';
import type { Viewer } from '#workers/ui/viewer.ts';

const words = messages.pin;

type PinView = {
  readonly places: readonly { readonly id: string; readonly name: string; readonly setAtMs: number | undefined }[];
  readonly chosen: string | undefined;
  readonly error: string | undefined;
  readonly isSaved: boolean;
};

export function PinPage({ viewer, pin: { places, chosen, error, isSaved } }: { viewer: Viewer; pin: PinView }) {
  const describedBy = error === undefined ? 'pin-hint' : 'pin-error pin-hint';
  return (
    <Layout viewer={viewer} title={words.title} section="gates" isPrivate>
      <form class="desk" method="post" action={pathTo('studioPin')}>
        <h1>{words.title}</h1>
        <p class="summary">{places.length === 0 ? words.nowhere : words.lead}</p>
        {isSaved && (
          <p class="did" role="status">
            {words.saved}
          </p>
        )}
        {places.length > 0 && (
          <>
            <div class="field">
              <label for="business">{words.business}</label>
              <select id="business" name="business">
                {places.map(({ id, name, setAtMs }) => (
                  <option value={id} selected={id === chosen}>
                    {`${name}. ${setAtMs === undefined ? words.notSet : words.set(`${dayAndTime(setAtMs, 'UTC')} UTC`)}`}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="pin">{words.field}</label>
              <p class="hint" id="pin-hint">
                {words.hint}
              </p>
              <input
                id="pin"
                name="pin"
                type="password"
                inputmode="numeric"
                pattern="[0-9]{6}"
                maxlength={6}
                autocomplete="off"
                required
                aria-describedby={describedBy}
                aria-invalid={error === undefined ? undefined : 'true'}
              />
              {error !== undefined && (
                <p class="error" id="pin-error" role="alert">
                  {error}
                </p>
              )}
            </div>
            <Button>{words.submit}</Button>
          </>
        )}
      </form>
    </Layout>
  );
}
