import { pathTo } from '#workers/routes.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.push;

/** The island this component needs: name it in the page's `islands`. */
export const pushSwitchIsland = 'ui/push.island.js';

/**
 * Turns push messages on and off for the browser that shows it. `vapidKey` is the public half of `settings.vapid`; left
 * out where push is not set up, and then there is nothing to see.
 */
export function PushSwitch({ vapidKey }: { vapidKey: string | undefined }) {
  if (vapidKey === undefined) return null;
  return (
    <section
      class="push-switch"
      aria-labelledby="push-title"
      data-push-key={vapidKey}
      data-push-to={pathTo('accountPush')}
    >
      <h2 id="push-title">{words.title}</h2>
      <p>{words.lead}</p>
      <p class="small" role="status" data-push-state>
        {words.needsScript}
      </p>
      <button class="button quiet" type="button" hidden data-push-press>
        {words.turnOn}
      </button>
    </section>
  );
}
