/** One mail. `idempotencyKey` lets the provider drop a repeat: queues deliver at least once. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly idempotencyKey: string;
};

export type MailResult =
  | { readonly sent: true }
  | { readonly sent: false; readonly retry: boolean; readonly why: string };

export type MailPort = { readonly send: (mail: Mail) => Promise<MailResult> };
