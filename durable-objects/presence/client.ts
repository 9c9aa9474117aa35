import { proxyDurable } from 'itty-durable';

/** The binding under which a Worker reaches presences. */
export type PresenceNamespace = DurableObjectNamespace;

export type PresenceClient = {
  /** Both are ids of ours: they travel in a header, which holds ASCII only. */
  readonly look: (lookId: string, from: string) => Promise<number>;
  readonly looking: () => Promise<number>;
};

/** Who looks at one event's page. Calls that fail throw; nothing may depend on them. */
export function presenceOf(namespace: PresenceNamespace, eventId: string): PresenceClient {
  return proxyDurable(namespace, { name: 'PRESENCE', parse: true }).get(eventId) as PresenceClient;
}
