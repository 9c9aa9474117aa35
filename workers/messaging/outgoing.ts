/**
 * What the message queue carries: ids only, but for addresses that belong to nobody yet and secrets that exist nowhere
 * else. Names and known addresses are looked up when the message is written.
 */
export type OutgoingMessage =
  /** `gift_tickets`: to whom an order is given, when its day has come. */
  | { readonly kind: 'order_confirmation' | 'order_refunded' | 'gift_tickets'; readonly orderId: string }
  /** Money goes back, and a card that would not take it. `recipient`: to whom the order was given, if they were. */
  | {
      readonly kind: 'refund_made' | 'refund_rerouted';
      readonly orderId: string;
      readonly refundId: string;
      readonly as?: 'recipient' | undefined;
    }
  | {
      readonly kind: 'event_postponed';
      readonly orderId: string;
      readonly changeId: string;
      readonly as?: 'recipient' | undefined;
    }
  /** About one place on a waitlist; its address is looked up. `offerEndsAtMs` when something was set aside. */
  | {
      readonly kind: 'waitlist_joined' | 'waitlist_offered' | 'waitlist_lapsed' | 'waitlist_cancelled';
      readonly entryId: string;
      readonly offerEndsAtMs?: number | undefined;
    }
  /** A ticket is offered: to the address that is kept beside the offer. The link is made when the mail is written. */
  | { readonly kind: 'transfer_offered'; readonly transferId: string; readonly eventId: string }
  /** What became of an offer, for its giver. */
  | {
      readonly kind: 'transfer_news';
      readonly what: 'offered' | 'accepted' | 'declined' | 'expired';
      readonly transferId: string;
      readonly eventId: string;
    }
  | {
      readonly kind: 'transfer_received';
      readonly transferId: string;
      readonly eventId: string;
      readonly personId: string;
    }
  /** A ticket's earlier codes are void; for whoever holds it. */
  | {
      readonly kind: 'ticket_reissued';
      readonly ticketId: string;
      readonly eventId: string;
      readonly customerId: string;
      readonly generation: number;
      readonly cause: 'holder' | 'support';
    }
  /** For whoever was given a ticket that somebody else bought: it has ended. */
  | {
      readonly kind: 'ticket_revoked';
      readonly ticketId: string;
      readonly eventId: string;
      readonly customerId: string;
    }
  /** For them too: its event moved. */
  | {
      readonly kind: 'ticket_postponed';
      readonly ticketId: string;
      readonly eventId: string;
      readonly customerId: string;
      readonly changeId: string;
    }
  /** A one-time code, and by mail the link that does the same. `purpose` chooses the words. */
  | {
      readonly kind: 'one_time_code';
      readonly purpose: 'sign_in' | 'prove_again' | 'confirm_device' | 'add_address';
      readonly to: { readonly channel: 'email' | 'sms'; readonly address: string };
      readonly code: string;
      readonly token?: string | undefined;
    }
  | { readonly kind: 'staff_invitation'; readonly invitationId: string; readonly token: string }
  /** Something happened to an account that its owner must hear of, wherever they can be reached. */
  | {
      readonly kind: 'account_notice';
      readonly personId: string;
      readonly what: 'new_device' | 'passkey_added' | 'passkey_removed' | 'address_changed' | 'account_erased';
      readonly atMs: number;
      /** An address the account no longer has: the one before a change, or before everything was erased. */
      readonly email?: string | undefined;
      /**
       * Left out by whoever queues it: the consumer then queues one message for each way to the person, so that one
       * that fails is tried again alone. A push subscription is named by the digest of its endpoint, which is a secret.
       */
      readonly by?: NoticeWay | undefined;
    };

export type NoticeWay =
  | { readonly channel: 'email' | 'sms' }
  | { readonly channel: 'push'; readonly subscription: string };
