import type { EpochMs } from '#shared/time.ts';
import type { WalletSection } from '#shared/wallet/sections.ts';
import type { EventCard, TicketView } from '#workers/ui/views.ts';

/** A ticket as a wallet's list shows it. */
export type WalletTicket = {
  ticketId: string;
  url: string;
  typeName: string;
  event: EventCard;
  status: TicketView['status'];
  section: WalletSection;
  /** When it is next good, or last was: the day printed on the stub. */
  atMs: EpochMs;
  /** What its status means for its holder, and what to do. */
  statusLine: string;
  /** Gives the stub the colour its ticket has everywhere else; absent while the event does not answer. */
  accessLevel?: string | undefined;
  tier?: number | undefined;
};

/** A ticket of today with its code, as it is held out. */
export type PassView = WalletTicket &
  Pick<TicketView, 'qrSvg' | 'handle' | 'isNumberEnough'> & {
    barcodeUrl: string | undefined;
    /** Its code is alive, and drawn on its own page. */
    isLive: boolean;
    /** Among those of its event, counted from one. */
    index: number;
  };

/** Seats that wait for an order to be completed: no ticket yet. */
export type ReservedView = {
  orderId: string;
  url: string;
  event: EventCard;
  names: string;
  quantity: number;
  statusLine: string;
  isPayable: boolean;
};

/** Where an open page hears that something changed, and from where on it reads what. */
export type FeedSource = { socket: string; changes: string; after: string };

export type WalletView = {
  /** Today's, by event, the one to hold out first at the top. */
  today: { event: EventCard; passes: PassView[] }[];
  /** Today's beyond what a page draws codes for. */
  todayMore: WalletTicket[];
  reserved: ReservedView[];
  coming: WalletTicket[];
  past: WalletTicket[];
  /** Accounts do not answer for the moment: what is shown may not be everything. */
  isPartial: boolean;
  feeds: FeedSource[];
  /** When time alone changes what is shown. */
  turnMs: EpochMs | undefined;
};
