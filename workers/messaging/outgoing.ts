/** What the message queue carries: ids only. Names and addresses are looked up when the message is written. */
export type OutgoingMessage =
  | { readonly kind: 'order_confirmation' | 'order_refunded'; readonly orderId: string }
  | { readonly kind: 'sign_in_link'; readonly email: string; readonly token: string };
