import * as fc from 'fast-check';
import type { ReissueRequest } from '#objects/event-inventory/client.ts';
import { accept, end, offer, reissue } from './transfers.ts';
import { passTime } from './holds.ts';
import { same } from './look.ts';
import { nth, step } from './step.ts';
import type { Run } from './steps.ts';
import type { Ticket } from './world.ts';

export const customer = fc.constantFrom('cus_ada', 'cus_bo', 'cus_cy');

/** Mostly whoever holds it asks, and mostly about something that is there. */
const pick = fc.record({
  ticket: fc.nat(),
  transfer: fc.nat(),
  other: customer,
  isOther: fc.nat(6),
  isAgain: fc.nat(4),
});
type Pick = typeof pick extends fc.Arbitrary<infer P> ? P : never;

const asker = ({ other, isOther }: Pick, holder: string | undefined) => (isOther === 0 ? other : (holder ?? other));

const offers = step('offer', fc.tuple(pick, fc.option(customer, { nil: undefined })), async (run, [chosen, wanted]) => {
  const ticket = nth(run.world.tickets, chosen.ticket);
  const known = chosen.isAgain === 0 ? nth(run.world.transfers, chosen.transfer) : undefined;
  const request = {
    transferId: known?.id ?? `trf_${(run.serial += 1)}`,
    ticketId: known?.ticketId ?? ticket?.id ?? 'tkt_unknown',
    byCustomerId: asker(chosen, known?.from ?? ticket?.customerId),
    forCustomerId: known === undefined ? wanted : known.addressee,
  };
  const answers = await run.machine.inside((inventory) => inventory.offerTickets([request]));
  passTime(run.world);
  same('offer', answers, [offer(run.world, request)]);
});

const ends = step('end offer', fc.tuple(pick, fc.boolean()), async (run, [chosen, isWithdrawn]) => {
  const transfer = nth(run.world.transfers, chosen.transfer);
  const transferId = transfer?.id ?? 'trf_unknown';
  const asked = isWithdrawn
    ? { transferId, how: 'withdrawn' as const, byCustomerId: asker(chosen, transfer?.from) }
    : { transferId, how: 'declined' as const };
  const answers = await run.machine.inside((inventory) => inventory.endOffers([asked]));
  passTime(run.world);
  same('end offer', answers, [end(run.world, asked)]);
});

/** Two press at once; of those who may, one is first. */
const transfers = step('transfer', fc.tuple(pick, customer, customer), async (run, [chosen, first, second]) => {
  const open = run.world.transfers.filter(({ state }) => state === 'offered');
  const transfer = nth(chosen.isAgain === 0 ? run.world.transfers : open, chosen.transfer);
  const ticketId =
    chosen.isOther === 1 ? (nth(run.world.tickets, chosen.ticket)?.id ?? '') : (transfer?.ticketId ?? '');
  const requests = [transfer?.addressee ?? first, second].map((toCustomerId) => ({
    ticketId,
    transferId: transfer?.id ?? 'trf_unknown',
    toCustomerId,
    byCustomerId: asker(chosen, transfer?.from),
    holderName: `Name of ${toCustomerId}`,
  }));
  const answers = await run.machine.inside((inventory) => inventory.transferTickets(requests));
  passTime(run.world);
  const expected = requests.map((request) => accept(run.world, request));
  same('transfer', answers, expected);
  await readNumber(
    run,
    run.world.tickets.find(({ id }) => id === ticketId),
  );
});

const reissues = step('reissue', fc.tuple(pick, fc.boolean()), async (run, [chosen, isSupport]) => {
  const ticket = nth(run.world.tickets, chosen.ticket);
  const known = chosen.isAgain === 0 ? nth([...run.world.reissues], chosen.transfer) : undefined;
  const base = {
    reissueId: known?.[0] ?? `rei_${(run.serial += 1)}`,
    ticketId:
      chosen.isOther === 1 ? (ticket?.id ?? 'tkt_unknown') : (known?.[1].ticketId ?? ticket?.id ?? 'tkt_unknown'),
  };
  const request: ReissueRequest = isSupport
    ? { ...base, cause: 'support', staffId: 'per_support' }
    : { ...base, cause: 'holder', byCustomerId: asker(chosen, ticket?.customerId) };
  const answers = await run.machine.inside((inventory) => inventory.reissueTickets([request]));
  passTime(run.world);
  same('reissue', answers, [reissue(run.world, request)]);
  await readNumber(run, ticket);
});

/** The number a ticket has now is drawn by chance, so it is read, and must be another one than before. */
async function readNumber(run: Run, ticket: Ticket | undefined): Promise<void> {
  if (ticket === undefined) return;
  const { handle, generation } = await run.machine.inside((_inventory, { storage }) =>
    storage.sql
      .exec<{ handle: string; generation: number }>(
        'SELECT handle, generation FROM tickets WHERE ticket_id = ?',
        ticket.id,
      )
      .one(),
  );
  same('generation', generation, ticket.generation);
  const isNew = ticket.numberedAt !== generation;
  same('a number of its own for each generation', handle !== ticket.handle, isNew);
  Object.assign(ticket, { handle, numberedAt: generation });
}

/** As often as other things that happen to tickets now and then. */
export const transferSteps = [...Array.from({ length: 3 }, () => offers), ends, transfers, transfers, reissues];
