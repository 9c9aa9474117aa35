import type { Verdict } from '#shared/admission/verdict.ts';
import type { EventRules, TicketType } from '#shared/inventory/rules.ts';
import type { Failure } from '#shared/result.ts';
import type { DeviceEnrolment } from '#objects/event-inventory/client.ts';
import { firstRules, start } from './document.ts';

/**
 * What the model knows: plain lists, and nothing kept that can be counted. It shares types with the code under test and no
 * rule of it.
 */
export type Line = { readonly typeId: string; readonly quantity: number };

export type Hold = {
  id: string;
  orderId: string;
  customerId: string;
  lines: readonly Line[];
  via: string | undefined;
  name: string | undefined;
  status: 'refused' | 'held' | 'firm' | 'confirmed' | 'released' | 'expired';
  endsAt: number | undefined;
  payload: string;
  failure?: Failure;
};

export type Ticket = {
  id: string;
  handle: string;
  /** As the confirmation said it, which is answered again in the same words. */
  firstHandle: string;
  /** The generation that the number was drawn for. */
  numberedAt: number;
  typeId: string;
  holdId: string;
  customerId: string;
  boughtBy: string;
  via: string | undefined;
  name: string | undefined;
  generation: number;
  stopped: 'refunded' | 'suspended' | undefined;
  use: Use;
  handedOut: Record<string, number>;
  newestScan: string | undefined;
};

/** Instants of each entry, by zone; who is inside; entries through any gate. */
export type Use = {
  times: Record<string, number[]>;
  inside: Record<string, number>;
  entries: number;
  first: number | undefined;
  last: { at: number; gateId: string } | undefined;
};

export type Waiting = Line & {
  entryId: string;
  customerId: string;
  status: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left';
};

export type Answer = {
  payload: string;
  verdict: Verdict;
  at: number;
  isUndone: boolean;
  undo?: { ticket: Ticket; deviceId: string; use: Use; moved: Record<string, number>; passage: Passage };
};

/** One scan, as the live view counts it. */
export type Passage = {
  gateId: string;
  typeId: string | undefined;
  kind: 'admitted' | 'exited' | 'refused';
  at: number;
};

export type TicketTransfer = {
  id: string;
  ticketId: string;
  from: string;
  /** Whom it was sent to. */
  addressee: string | undefined;
  state: 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'void';
  endsAt: number;
  to?: string;
  generation?: number;
};

export type Device = DeviceEnrolment & { revoked: boolean };

/** An expected entry of the trail, without its number and time. */
export type Trace = Record<string, unknown> & { kind: string };

export type World = {
  now: number;
  version: number;
  rules: EventRules;
  holds: Map<string, Hold>;
  tickets: Ticket[];
  line: Waiting[];
  entitlements: { id: string; typeId: string; granted: number; endsAt: number }[];
  answers: Map<string, Answer>;
  tries: Map<string, { endsAt: number; count: number }>;
  passages: Passage[];
  /** People let in without any ticket, by zone. */
  strangers: Record<string, number>;
  devices: Map<string, Device>;
  transfers: TicketTransfer[];
  reissues: Map<string, { ticketId: string; generation: number }>;
  areGatesOpen: boolean;
  /** What the trail must say since the last look. */
  traces: Trace[];
};

export function newWorld(): World {
  return {
    now: start,
    version: 1,
    rules: firstRules,
    holds: new Map(),
    tickets: [],
    line: [],
    entitlements: [],
    answers: new Map(),
    tries: new Map(),
    passages: [],
    strangers: {},
    devices: new Map(),
    transfers: [],
    reissues: new Map(),
    areGatesOpen: false,
    traces: [],
  };
}

export const no = (code: string, facts?: Record<string, string | number>) => ({
  ok: false,
  failure: facts === undefined ? { code } : { code, facts },
});
export const yes = (value?: unknown) => ({ ok: true, value });

export function typeOf(world: World, id: string): TicketType | undefined {
  return world.rules.ticketTypes.find((each) => each.id === id);
}

export const newUse = (): Use => ({ times: {}, inside: {}, entries: 0, first: undefined, last: undefined });
export const copyUse = (use: Use): Use => structuredClone(use);

/** Days since the epoch in Lagos, which has no summer time. */
export const dayOf = (at: number): number => Math.floor((at + 3_600_000) / 86_400_000);

/** How often one zone of a type lets somebody in: in all, or each day. */
export function allowance(type: TicketType): number {
  if (type.entry.kind === 'reentry') return Infinity;
  return type.entry.kind === 'count' ? type.entry.entries * type.admits : type.admits;
}

/** When a ticket can be used. */
export function windows(type: TicketType, first: number | undefined): { from: number; until: number }[] {
  const { validity } = type;
  if (validity.kind === 'windows') return validity.windows;
  if (first === undefined) return [validity.window];
  return [{ from: first, until: Math.min(validity.window.until, first + validity.minutes * 60_000) }];
}

export function statusOf(world: World, ticket: Ticket): string {
  if (ticket.stopped !== undefined) return ticket.stopped;
  const type = typeOf(world, ticket.typeId);
  if (type === undefined) return 'active';
  const { kind } = type.entry;
  const isSpent = type.zones.every((zone) => (ticket.use.times[zone]?.length ?? 0) >= allowance(type));
  if (isSpent && kind !== 'daily' && kind !== 'reentry') return 'redeemed';
  if (windows(type, ticket.use.first).every(({ until }) => until <= world.now)) return 'expired';
  // No phone bears a ticket here, so one that is only ever shown by a phone waits for one.
  return (type.codeFrom ?? 0) > world.now || type.code === 'live_only' ? 'paid' : 'active';
}

export function insideOf(world: World, zone: string): number {
  const onTickets = world.tickets.reduce((sum, { use }) => sum + (use.inside[zone] ?? 0), 0);
  return onTickets + (world.strangers[zone] ?? 0);
}
