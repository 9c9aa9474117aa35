import type { TicketType } from '#shared/inventory/rules.ts';
import type { Money } from '#shared/money/money.ts';
import type { EpochMs } from '#shared/time.ts';
import type { KeptTicket, LiveStanding } from '#shared/wallet/kept-ticket.ts';

/** What storefront pages show. Controllers build these; pages draw them and decide nothing. */

export type EventCard = {
  slug: string;
  title: string;
  summary: string;
  category: string;
  city: string;
  venueName: string;
  timeZone: string;
  startsAtMs: EpochMs;
  endsAtMs: EpochMs;
  heroUrl: string;
  posterUrl: string;
  /** The cheapest ticket; zero is free; undefined when nothing is on sale. */
  from: Money | undefined;
  phase: 'upcoming' | 'open_now' | 'ended' | 'cancelled';
};

export type Availability = 'available' | 'few_left' | 'sold_out' | 'not_yet_on_sale' | 'sale_ended';

export type TicketOffer = {
  type: TicketType;
  price: Money;
  compareAt: Money | undefined;
  availability: Availability;
  /** Said only when few are left. */
  left: number | undefined;
};

export type BusinessView = {
  slug: string;
  name: string;
  tagline: string;
  story: string;
  category: string;
  city: string;
  logoUrl: string | undefined;
  website: string | undefined;
};

export type EventView = EventCard & {
  description: string;
  venueAddress: string;
  countryCode: string;
  business: BusinessView;
  offers: TicketOffer[];
  /** By local day, each in order of time. */
  programme: ProgrammeDay[];
  exhibitors: { business: BusinessView; hall: string; stand: string; pitch: string }[];
  products: { id: string; name: string; description: string; price: Money; pictureUrl: string | undefined }[];
  reviews: { author: string; rating: number; text: string; writtenAtMs: EpochMs }[];
  rating: { average: number; count: number } | undefined;
  terms: { title: string; text: string }[];
  rewards: { title: string; text: string }[];
};

/** `isNext` marks the one day that is running or comes first: the one a reader most likely asks for. */
export type ProgrammeDay = { day: string; isNext: boolean; items: ProgrammeItem[] };

export type ProgrammeItem = {
  title: string;
  summary: string;
  kind: string;
  place: string;
  startsAtMs: EpochMs;
  endsAtMs: EpochMs;
  people: { name: string; role: string }[];
  /** The ticket that admits to it, where entry alone does not. */
  ticketName: string | undefined;
};

export type CheckoutLine = {
  typeId: string;
  name: string;
  accessLevel: string;
  /** Number of the access level, which gives its paper; an order without tickets does not know it. */
  tier?: number | undefined;
  quantity: number;
  unit: Money;
  total: Money;
};

export type CheckoutView = {
  event: EventCard;
  lines: CheckoutLine[];
  fee: Money;
  /** Contained in the total; its name is the country's, such as VAT. */
  tax: { name: string; amount: Money } | undefined;
  total: Money;
  /** The price promised, signed; sent back by the form. */
  quote: string;
  /** Made when the page is drawn; sent back by the form, so that a second click is the same order. */
  idempotencyKey: string;
  /** What was typed before, after a refused attempt. */
  values: { name: string; email: string };
  fieldErrors: { name?: string; email?: string };
  /** A refusal of the whole order, in words that say what to do next. */
  problem: { title: string; detail: string } | undefined;
  /** Where to wait for what has sold out. */
  waitlistUrl: string | undefined;
  /** A ticket that only this visitor's link opens, not chosen yet. */
  opened: { typeName: string; url: string } | undefined;
  /** What is being bought was set aside for somebody on the waitlist. */
  isOffer: boolean;
};

/**
 * unpaid: held, to be paid before `payUntilMs` · paying: the buyer is with the bank, or left it · working: the desk is
 * busy, nothing to do · refunding and refunded: money came but no ticket could be given.
 */
export type OrderState =
  | 'unpaid'
  | 'paying'
  | 'working'
  | 'completed'
  | 'refused'
  | 'released'
  | 'refunding'
  | 'refunded';

export type OrderView = {
  orderId: string;
  reference: string;
  event: EventCard;
  state: OrderState;
  /** Why, when it did not end in tickets. */
  problem: { title: string; detail: string } | undefined;
  lines: CheckoutLine[];
  fee: Money;
  /** Contained in the total; its name is the country's, such as VAT. */
  tax: { name: string; amount: Money } | undefined;
  total: Money;
  payUntilMs: EpochMs | undefined;
  buyerEmail: string;
  /** The first ticket's code, ready to be shown: nothing more to press. */
  firstCode: Pick<TicketView, 'qrSvg' | 'handle' | 'status'> | undefined;
  tickets: {
    ticketId: string;
    typeName: string;
    accessLevel: string;
    tier: number;
    status: string;
    url: string;
    /** Start of its first validity window: the day printed on the stub, where an event has several. */
    validFromMs?: EpochMs | undefined;
  }[];
  /** The invitation to keep the tickets in an account, where there is one to make. */
  keep?: KeepView | undefined;
};

/** offer: a guest is invited · code: the code was sent, to be typed here · add: who is signed in may add the order. */
export type KeepView =
  | { step: 'offer'; orderId: string; email: string; others: number }
  | { step: 'code'; orderId: string; email: string; challengeId: string; isWrong: boolean }
  | { step: 'add'; orderId: string };

export type TicketView = {
  ticketId: string;
  event: EventCard;
  typeName: string;
  accessLevel: string;
  tier: number;
  zones: string[];
  gates: string[];
  status: 'reserved' | 'paid' | 'active' | 'redeemed' | 'expired' | 'refunded' | 'suspended';
  /** What the status means for its holder, and what to do. */
  statusLine: string;
  windows: { from: EpochMs; until: EpochMs }[];
  admits: number;
  admitted: number;
  /** `left`: what counters can still hand out; undefined for what comes another way. */
  benefits: { name: string; quantity: number; redeemAt: string; left: number | undefined }[];
  /** In and out, newest first; undefined while the database does not answer. */
  history: PassedView[] | undefined;
  /** Position among the tickets of its order, counted from one, for swiping through a family's tickets. */
  position: { index: number; of: number; previousUrl: string | undefined; nextUrl: string | undefined };
  orderUrl: string;
  /** Offered once somebody has been inside with it. */
  keep?: KeepView | undefined;
  /** SVG markup of the QR code; undefined when the status forbids showing a code. */
  qrSvg: string | undefined;
  /** Its live code, and where its device speaks to the server; undefined where it has none to show. */
  live: LiveView | undefined;
  /** The typed form, grouped for reading: `7KQ2M-X9TBD`. */
  handle: string | undefined;
  /** The same as a picture of bars; undefined where no number is shown. */
  barcodeUrl: string | undefined;
  /** When time alone changes what is shown. */
  turnMs: EpochMs | undefined;
};

/** Somebody went in or out with a ticket. */
export type PassedView = {
  atMs: EpochMs;
  /** Undefined for a gate that the event has no more. */
  gateName: string | undefined;
  direction: 'in' | 'out';
  isTakenBack: boolean;
};

export type LiveView = Pick<KeptTicket, 'ticketId' | 'activationPath' | 'form' | 'isEntered'> & {
  readonly standing: LiveStanding;
};
