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
  /** What goes well with its tickets: bundles first, then the organiser's own things. */
  extras: ShopItem[];
  reviews: { author: string; rating: number; text: string; writtenAtMs: EpochMs }[];
  rating: { average: number; count: number } | undefined;
  terms: { title: string; text: string }[];
  rewards: { title: string; text: string }[];
};

/** Something to buy beside tickets. `field` names its number in a form. */
export type ShopItem = {
  field: string;
  name: string;
  description: string;
  price: Money;
  /** What a bundle's parts cost one by one. */
  apart: Money | undefined;
  pictureUrl: string | undefined;
  pickup: string | undefined;
  /** The most that one order may have. */
  most: number;
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
  name: string;
  accessLevel: string;
  /** Number of the access level, which gives its paper; an order without tickets does not know it. */
  tier?: number | undefined;
  quantity: number;
  unit: Money;
  /** At list price: what is taken off is told below the lines. */
  total: Money;
  isBundled: boolean;
};

/** What stands between the lines of a receipt and its total. */
export type SumsView = {
  /** Everything at list price. */
  listed: Money;
  savings: { name: string; amount: Money }[];
  fee: Money;
  /** Contained in the total; its name is the country's, such as VAT. */
  tax: { name: string; amount: Money } | undefined;
  total: Money;
};

/** Of an event, of a business's own things, or of neither: money for a wallet. */
export type ReceiptPart = {
  event: EventCard | undefined;
  shop: { name: string; slug: string } | undefined;
  lines: CheckoutLine[];
};

export type ReceiptView = { parts: ReceiptPart[]; sums: SumsView };

/** What can be asked for in other numbers on the spot. */
export type AmendRow = { field: string; name: string; quantity: number; total: Money };

/** A promo code that came along: its name where it takes something off, else why it does not. */
export type CodeView = { code: string; name: string | undefined; problem: string | undefined };

/** One way to pay, every amount told. `value` comes back in the form. */
export type WayToPayView = { value: string; card: Money; points: number; pointsWorth: Money; balance: Money };

export type GiftValues = {
  isGift: boolean;
  name: string;
  email: string;
  day: string;
  message: string;
  hidesPrice: boolean;
};

export type CheckoutView = {
  /** Where the form is sent, and where the buyer came from. */
  action: string;
  back: { label: string; href: string };
  receipt: ReceiptView;
  /** Fields that say what is bought; none where a cart does. */
  hidden: { name: string; value: string }[];
  /** Shown instead of the receipt's lines once something has to be put right. */
  amend: AmendRow[] | undefined;
  codes: CodeView[];
  codeError: string | undefined;
  /** More than one only for somebody who has points or a balance. */
  ways: WayToPayView[];
  chosenWay: string;
  /** The price promised, signed; sent back by the form. */
  quote: string;
  /** Made when the page is drawn; sent back by the form, so that a second click is the same order. */
  idempotencyKey: string;
  /** What was typed before, after a refused attempt. */
  values: { name: string; email: string };
  gift: GiftValues;
  /** The first and last day on which a gift can be delivered, ISO. */
  giftDays: { first: string; last: string };
  fieldErrors: Readonly<Partial<Record<CheckoutField, string>>>;
  /** A refusal of the whole order, in words that say what to do next. */
  problem: { title: string; detail: string } | undefined;
  /** Where to wait for what has sold out. */
  waitlistUrl: string | undefined;
  /** A ticket that only this visitor's link opens, not chosen yet. */
  opened: { typeName: string; url: string } | undefined;
  /** What is being bought was set aside for somebody on the waitlist. */
  isOffer: boolean;
};

export type CheckoutField = 'name' | 'email' | 'gift_name' | 'gift_email' | 'gift_day' | 'gift_message';

export type CartRow = {
  /** Names it in forms. */
  key: string;
  kind: 'ticket' | 'product' | 'bundle';
  name: string;
  /** What is in a bundle. */
  parts: string[];
  paper: { accessLevel: string; tier: number } | undefined;
  quantity: number;
  /** The most that can be chosen. */
  most: number;
  unit: Money;
  total: Money;
  /** What a bundle's parts cost one by one. */
  apart: Money | undefined;
  /** What one cost when the reader saw it last, where that was something else. */
  was: Money | undefined;
  /** Why it cannot be ordered as it stands, and what to do. */
  problem: string | undefined;
};

/** What can be one order: things in one currency. */
export type CartGroup = {
  currency: string;
  parts: { event: EventCard | undefined; shop: { name: string; slug: string } | undefined; rows: CartRow[] }[];
  /** Undefined while it cannot be priced as it stands. */
  sums: SumsView | undefined;
  /** Nothing in it has to be put right first. */
  isReady: boolean;
};

export type CartView = {
  /** Counts changes; sent back by the form, so that another tab's change is not overwritten unseen. */
  version: number;
  groups: CartGroup[];
  codes: CodeView[];
  codeError: string | undefined;
  isGift: boolean;
  /** What is not sold any more. */
  gone: { key: string; name: string }[];
  /** What did not fit when two carts became one, or more was added than one order may have; already in words. */
  cut: string[];
  problem: { title: string; detail: string } | undefined;
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
  /** The events it is for, first one first; none where it only buys products or puts money into a wallet. */
  events: EventCard[];
  /** Of its events, those that were cancelled, or moved since it was placed. */
  changes: EventChangeView[];
  /** What went back of a completed order. */
  refunds: { isDeciding: boolean; ways: { to: 'card' | 'wallet' | 'points'; amount: Money }[] }[];
  state: OrderState;
  /** Why, when it did not end in tickets. */
  problem: { title: string; detail: string } | undefined;
  /** Undefined for who is given it, where the giver hides the price. */
  receipt: ReceiptView | undefined;
  total: Money;
  /** Something was paid for, and whoever looks is its buyer: there are receipts to see. */
  hasDocuments: boolean;
  /** What was paid from what the buyer had with us; the rest was paid by card. */
  paidFrom: { points: number; pointsWorth: Money; balance: Money; card: Money } | undefined;
  /** Ways to pay what is still to be paid; more than one only for a buyer who has points or a balance. */
  ways: WayToPayView[];
  /** For somebody else. */
  gift: GiftView | undefined;
  payUntilMs: EpochMs | undefined;
  buyerEmail: string;
  /** The first ticket's code, ready to be shown: nothing more to press. */
  firstCode: Pick<TicketView, 'qrSvg' | 'handle' | 'status' | 'isNumberEnough'> | undefined;
  tickets: {
    ticketId: string;
    event: EventCard;
    typeName: string;
    accessLevel: string;
    tier: number;
    /** A ticket's status, or `given` once somebody else has it: how they use it is theirs alone. */
    status: string;
    url: string;
    /** Start of its first validity window: the day printed on the stub, where an event has several. */
    validFromMs?: EpochMs | undefined;
  }[];
  /** Products, each with who sells it and where it is collected. */
  things: { name: string; quantity: number; from: string | undefined; pickup: string | undefined }[];
  /** Money for a wallet. */
  isTopUp: boolean;
  /** The invitation to keep the tickets in an account, where there is one to make. */
  keep?: KeepView | undefined;
};

/** An event that does not take place as planned. `choice`: whether its buyer may still have the money back for that. */
export type EventChangeView =
  | { kind: 'cancelled'; title: string }
  | {
      kind: 'postponed';
      title: string;
      timeZone: string;
      startsAtMs: EpochMs;
      endsAtMs: EpochMs;
      choice: 'open' | 'over' | 'none';
      untilMs: EpochMs;
    };

/** As whoever looks at it is told: the giver, or who is given it. */
export type GiftView =
  | { to: 'giver'; recipient: string; deliverAtMs: EpochMs; isDelivered: boolean; timeZone: string }
  | { to: 'recipient'; from: string; message: string };

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
  /** Among the tickets of its order, for whoever bought it; whoever was given it knows of no order. */
  ofOrder: TicketOfOrder | undefined;
  acts: TicketActs;
  /** Offered once somebody has been inside with it. */
  keep?: KeepView | undefined;
  /** SVG markup of the QR code; undefined when the status forbids showing a code. */
  qrSvg: string | undefined;
  /** Its live code, and where its device speaks to the server; undefined where it has none to show. */
  live: LiveView | undefined;
  /** The typed form, grouped for reading: `7KQ2M-X9TBD`. */
  handle: string | undefined;
  /** The gate takes the number alone; otherwise it asks for the phone's code, or for a name to compare. */
  isNumberEnough: boolean;
  /** The same as a picture of bars; undefined where no number is shown. */
  barcodeUrl: string | undefined;
  /** When time alone changes what is shown. */
  turnMs: EpochMs | undefined;
};

export type TicketOfOrder = {
  /** Counted from one, for swiping through a family's tickets. */
  index: number;
  of: number;
  previousUrl: string | undefined;
  nextUrl: string | undefined;
  orderUrl: string;
};

/** What its holder can do with a ticket, and what they just did. */
export type TicketActs = {
  eventId: string;
  ticketId: string;
  /** The offer of it that waits for an answer. */
  offer: { isMailed: boolean; endsAtMs: EpochMs } | undefined;
  mayGive: boolean;
  mayReissue: boolean;
  /** Given to this browser and in no account yet. */
  keep: 'sign_in' | 'add' | undefined;
  done: 'anew' | 'taken_back' | 'yours' | undefined;
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
