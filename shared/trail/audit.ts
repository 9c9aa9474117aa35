/**
 * What people did that others must be able to ask about later, and what was tried against them. Names are API of the
 * audit page and of exports: never renamed. An entry holds ids, codes and numbers; whose they are is looked up while
 * that person's row still has a name.
 */
export const auditActions = [
  // ways in
  'sign_in.done',
  'sign_in.code_wrong',
  'sign_in.codes_stopped',
  'proof.renewed',
  'session.signed_out',
  'session.revoked',
  'session.others_revoked',
  // a session was used by somebody who does not hold its device's key
  'session.theft_suspected',
  'passkey.added',
  'passkey.removed',
  // an authenticator's counter went backwards: there may be two of it
  'passkey.copy_suspected',
  'device.added',
  'device.confirmed',
  'device.revoked',
  // an account's own data
  'address.changed',
  'consent.changed',
  'order.claimed',
  'ticket.kept',
  'ticket.reissued',
  'data.exported',
  'person.erased',
  // a business's people
  'role.granted',
  'role.revoked',
  'invitation.sent',
  'invitation.revoked',
  'invitation.accepted',
  'pin.set',
  // gates
  'scanner.invited',
  'scanner.enrolled',
  'scanner.locked',
  'stewards.told',
  'scanner.shift_changed',
  'scan.overridden',
  'holder.looked_up',
  'gate.emergency_changed',
  // orders, and events that do not take place as planned
  'order.looked_up',
  'order.refunded',
  'event.cancelled',
  'event.postponed',
  'event.refunds_retried',
  // money
  'balance.granted',
  'balance.clawed_back',
  'payout.proposed',
  'payout.paid',
  'payout.withdrawn',
  'earnings.exported',
  'documents.exported',
  'seller.changed',
  'dispute.evidence_seen',
  // the platform's own
  'audit.exported',
  'message.sent_again',
  'message.let_go',
  'projection.rebuilt',
] as const;

export type AuditAction = (typeof auditActions)[number];

/** Ids, codes and numbers by name: never an address, a person's name or anything else somebody typed. */
export type AuditFacts = Readonly<Record<string, string | number | boolean>>;

/** Ids and codes fit; an email address, a phone number with its plus, or a name of two words do not. */
const plainFact = /^[\w.:-]{1,80}$/;

/** Name of the first fact that looks like words or an address; undefined when all may be kept. */
export function unfitFact(facts: AuditFacts): string | undefined {
  return Object.entries(facts).find(([, value]) => typeof value === 'string' && !plainFact.test(value))?.[0];
}
