import type { ConfirmAnswer, HoldRequest } from '#objects/event-inventory/client.ts';
import { canStillBuy, fits, left, takenBy, taking, usesLeft } from './counts.ts';
import { finish, serve } from './line.ts';
import { newUse, no, typeOf, yes, type Hold, type Line, type Ticket, type World } from './world.ts';

const isOffer = (holdId: string) => holdId.startsWith('offer/');

export function hold(world: World, request: HoldRequest): unknown {
  if (isOffer(request.holdId)) return no('hold_unknown');
  const { holdId, orderId, customerId, lines, via } = request;
  const payload = JSON.stringify([orderId, customerId, lines, request.firm, request.offerId ?? null]);
  const known = world.holds.get(holdId);
  if (known !== undefined) return holdAgain(known, payload);
  const failure = whyNot(world, request);
  const isNamed = lines.some(({ typeId }) => typeOf(world, typeId)?.identity !== 'none');
  const made = { id: holdId, orderId, customerId, lines, via, payload };
  if (failure !== undefined) {
    world.holds.set(holdId, {
      ...made,
      name: undefined,
      status: 'refused',
      endsAt: undefined,
      failure: failure.failure as never,
    });
    return failure;
  }
  const offered = world.line.find(({ entryId }) => entryId === request.offerId);
  if (offered !== undefined) finish(world, offered.entryId, 'taken', 'released');
  const endsAt = request.firm ? undefined : world.now + request.ttlMs;
  const name = isNamed ? request.holderName : undefined;
  world.holds.set(holdId, { ...made, name, status: request.firm ? 'firm' : 'held', endsAt });
  if (offered !== undefined) serve(world, [offered.typeId]);
  world.traces.push({ kind: 'hold.made', holdId, orderId });
  return yes({ holdId, expiresAtMs: endsAt });
}

function holdAgain(known: Hold, payload: string): unknown {
  if (known.status === 'released') return no('hold_released');
  if (known.payload !== payload) return no('idempotency_key_reused');
  if (known.status === 'refused') return { ok: false, failure: known.failure };
  return known.status === 'expired' ? no('hold_expired') : yes({ holdId: known.id, expiresAtMs: known.endsAt });
}

function whyNot(world: World, request: HoldRequest): ReturnType<typeof no> | undefined {
  const { customerId, lines, via } = request;
  const offer = world.line.find(({ entryId }) => entryId === request.offerId);
  const isTheirs = offer?.customerId === customerId && offer.status === 'offered';
  if (request.offerId !== undefined && !isTheirs) return no('waitlist_unknown');
  if (world.rules.status === 'cancelled') return no('event_cancelled');
  const wrong = whyNotAnybody(world, lines);
  if (wrong !== undefined) return wrong;
  for (const { typeId, quantity } of lines) {
    const type = typeOf(world, typeId)!;
    const own = isTheirs && offer.typeId === typeId ? offer.quantity : 0;
    const taken = takenBy(world, customerId, typeId) - own;
    const max = type.perCustomerMax;
    if (taken + quantity > max) return no('customer_limit_exceeded', { type: type.name, max, taken });
    if (type.category === 'reward') {
      const uses = usesLeft(world, via, typeId);
      if (uses === undefined) return no('entitlement_needed', { type: type.name });
      if (uses < quantity) return no('entitlement_used_up', { type: type.name, left: uses });
    }
    const mains = lines.find((line) => line.typeId === type.companionOf)?.quantity ?? 0;
    if (type.companionOf !== undefined && quantity > mains) {
      return no('companion_alone', { type: type.name, main: typeOf(world, type.companionOf)!.name });
    }
  }
  const free = left(world, isTheirs ? [offer] : []);
  if (fits(world, lines, free)) return undefined;
  const short = lines.find(({ typeId, quantity }) => canStillBuy(typeOf(world, typeId)!, free) < quantity);
  const shortType = short && typeOf(world, short.typeId)!;
  if (shortType === undefined) return no('sold_out', { type: world.rules.title, left: 0 });
  return no('sold_out', { type: shortType.name, left: canStillBuy(shortType, free) });
}

function whyNotAnybody(world: World, lines: readonly Line[]): ReturnType<typeof no> | undefined {
  if (lines.length === 0 || lines.length > world.rules.ticketTypes.length) return no('quantity_invalid');
  for (const [index, { typeId, quantity }] of lines.entries()) {
    const type = typeOf(world, typeId);
    if (type === undefined) return no('ticket_type_unknown');
    const isRepeated = lines.slice(0, index).some((line) => line.typeId === typeId);
    if (isRepeated || !Number.isSafeInteger(quantity) || quantity < 1) return no('quantity_invalid');
    const { name, perOrderMax, sale } = type;
    if (quantity > perOrderMax) return no('order_limit_exceeded', { type: name, max: perOrderMax });
    if (world.now < sale.from) return no('sale_not_open', { type: name, opensAtMs: sale.from });
    if (world.now >= sale.until) return no('sale_closed', { type: name });
  }
  return undefined;
}

/** Held and confirmed in one: of the hold by itself nothing is told. */
export function issue(world: World, request: HoldRequest, answer: ConfirmAnswer | undefined): unknown {
  const isNew = !world.holds.has(request.holdId);
  const held = hold(world, request) as { ok: boolean };
  if (!held.ok) return held;
  if (isNew) world.traces.pop();
  return confirm(world, request.holdId, answer, false);
}

export function firm(world: World, holdId: string): unknown {
  const found = isOffer(holdId) ? undefined : world.holds.get(holdId);
  if (found === undefined) return no('hold_unknown');
  if (found.status === 'refused') return no('hold_not_confirmable');
  if (found.status === 'released') return no('hold_released');
  if (found.status === 'expired') return no('hold_expired');
  if (found.status === 'held') Object.assign(found, { status: 'firm', endsAt: undefined });
  return yes({ holdId, expiresAtMs: undefined });
}

/**
 * Ids and handles are random: they are read off the answer. `isBroken` says that the machine failed in the middle of this
 * one, which must then leave nothing.
 */
export function confirm(world: World, holdId: string, answer: ConfirmAnswer | undefined, isBroken: boolean): unknown {
  const found = isOffer(holdId) ? undefined : world.holds.get(holdId);
  const { eventId } = world.rules;
  if (found === undefined) return no('hold_unknown');
  if (found.status === 'confirmed') {
    const own = world.tickets.filter((ticket) => ticket.holdId === holdId);
    return yes({
      tickets: own.map(({ id, typeId, firstHandle }) => ({ ticketId: id, typeId, handle: firstHandle, eventId })),
    });
  }
  if (found.status === 'refused') return no('hold_not_confirmable');
  if (found.status !== 'held' && found.status !== 'firm') return no(`hold_${found.status}`);
  if (world.rules.status === 'cancelled') return no('event_cancelled');
  if (isBroken) return no('internal_error');
  const given = answer?.ok === true ? answer.value.tickets : [];
  const wanted = found.lines.flatMap(({ typeId, quantity }) => Array.from({ length: quantity }, () => typeId));
  const tickets = wanted.map((typeId, index) => newTicket(world, found, typeId, given[index]));
  Object.assign(found, { status: 'confirmed', endsAt: undefined, name: undefined });
  world.tickets.push(...tickets);
  return yes({ tickets: tickets.map(({ id, typeId, handle }) => ({ ticketId: id, typeId, handle, eventId })) });
}

function newTicket(world: World, from: Hold, typeId: string, given?: { ticketId: string; handle: string }): Ticket {
  const { orderId, customerId, via } = from;
  const { name: typeName, identity } = typeOf(world, typeId)!;
  const id = given?.ticketId ?? 'missing';
  world.traces.push({ kind: 'ticket.issued', ticketId: id, orderId, typeId, typeName, customerId });
  return {
    id,
    handle: given?.handle ?? 'missing',
    firstHandle: given?.handle ?? 'missing',
    numberedAt: 1,
    typeId,
    holdId: from.id,
    customerId,
    boughtBy: customerId,
    via,
    name: identity === 'none' ? undefined : from.name,
    generation: 1,
    stopped: undefined,
    use: newUse(),
    handedOut: {},
    newestScan: undefined,
  };
}

export function release(world: World, holdId: string): unknown {
  if (isOffer(holdId)) return no('hold_unknown');
  const found = world.holds.get(holdId);
  if (found?.status === 'confirmed') return no('hold_not_releasable');
  if (found === undefined) {
    const nobody = { orderId: holdId, customerId: '', lines: [], via: undefined, name: undefined, endsAt: undefined };
    world.holds.set(holdId, { id: holdId, ...nobody, status: 'released', payload: '' });
  } else if (taking(found)) letGo(world, found, 'released');
  return yes();
}

function letGo(world: World, found: Hold, status: 'released' | 'expired'): void {
  const name = status === 'expired' ? found.name : undefined;
  Object.assign(found, { status, endsAt: undefined, name });
  world.traces.push({ kind: `hold.${status}`, holdId: found.id, orderId: found.orderId });
  serve(
    world,
    found.lines.map(({ typeId }) => typeId),
  );
}

/** What the clock ends by itself, before anything else is looked at. */
export function passTime(world: World): void {
  const due = [...world.holds.values()].filter(({ status, endsAt }) => status === 'held' && endsAt! <= world.now);
  for (const each of due.toSorted((a, b) => a.endsAt! - b.endsAt! || (a.id < b.id ? -1 : 1))) {
    if (!isOffer(each.id)) {
      letGo(world, each, 'expired');
      continue;
    }
    finish(world, each.orderId, 'lapsed', 'expired');
    serve(
      world,
      each.lines.map(({ typeId }) => typeId),
    );
  }
}
