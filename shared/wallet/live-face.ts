import type { LiveStanding } from './kept-ticket.ts';

/** What a device has of a ticket: its own key, and what the pass for that key says. */
export type Bearing = { readonly holderKey: string; readonly generation: number; readonly keyId: number };

/**
 * What a device does about a live code. shown: its codes are good · renew: its key is the ticket's, its pass is not the
 * newest · offer: nobody bears it yet · lost: this browser bore it and forgot its key · moved: another phone took it from
 * here · elsewhere: another phone bears it.
 */
export type LiveFace = 'shown' | 'renew' | 'offer' | 'lost' | 'moved' | 'elsewhere';

export function liveFace(standing: LiveStanding, own: Bearing | undefined): LiveFace {
  const { holderKey, generation, keyId } = standing;
  if (holderKey === undefined) return 'offer';
  if (own?.holderKey === holderKey) {
    return own.generation === generation && own.keyId === keyId ? 'shown' : 'renew';
  }
  if (standing.isOurs) return 'lost';
  return own === undefined ? 'elsewhere' : 'moved';
}

/**
 * The same without network, by what the server said the last time: a pass that is as new as what it said then may have been
 * given since, and only the gate knows better.
 */
export function keptFace(standing: LiveStanding, own: Bearing | undefined): LiveFace {
  return own !== undefined && own.generation >= standing.generation ? 'shown' : liveFace(standing, own);
}
