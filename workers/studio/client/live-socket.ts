import { acknowledgeEvery, acknowledgement, type LiveSnapshot } from '#shared/live/snapshot.ts';
import { KeptSocket, type KeptSocketEvents } from '#workers/ui/client/kept-socket.ts';

/** As often as the board asks for its numbers: silence is noticed before they are old. */
const beatMs = 5_000;

type LiveSocketEvents = Omit<KeptSocketEvents, 'onText'> & { readonly onSnapshot: (snapshot: LiveSnapshot) => void };

/** Listens to an event's board, and says now and then that it has read: the board lets go of whoever does not. */
export function openLiveSocket(path: string, { onSnapshot, ...events }: LiveSocketEvents): void {
  let unacknowledged = 0;
  const socket = new KeptSocket(path, beatMs, {
    ...events,
    onTurn(isOpen) {
      unacknowledged = 0;
      events.onTurn(isOpen);
    },
    onText(text, answer) {
      onSnapshot(JSON.parse(text) as LiveSnapshot);
      unacknowledged += 1;
      if (unacknowledged < acknowledgeEvery) return;
      unacknowledged = 0;
      answer(acknowledgement);
    },
  });
  socket.start();
}
