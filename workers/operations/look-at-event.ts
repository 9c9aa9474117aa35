import { pseudonymOf } from '#workers/keys/pseudonym.ts';
import type { Services } from '#workers/services.ts';

/** Fewer than this are nobody's business: a count of one would tell a reader that they are alone. */
const leastShown = 3;

export type Look = {
  /** Made by the page for as long as it is open. */
  readonly lookId: string;
  /** The visitor's network address; only a pseudonym of it goes on, and into memory only. */
  readonly address: string;
};

/** Notes that somebody looks at an event's page, and says how many do, where that is worth telling. */
export async function lookAtEvent(services: Services, eventId: string, look: Look): Promise<number | undefined> {
  const from = await pseudonymOf(services.settings.masterKey, 'looks-from', look.address);
  try {
    const looking = await services.presence(eventId).look(look.lookId, from);
    return looking >= leastShown ? looking : undefined;
  } catch (error) {
    console.error('presence did not answer', error);
    return undefined;
  }
}

/** For the organiser, who may know about one; undefined when nobody can tell. */
export async function countLooking(services: Services, eventId: string): Promise<number | undefined> {
  try {
    return await services.presence(eventId).looking();
  } catch (error) {
    console.error('presence did not answer', error);
    return undefined;
  }
}
