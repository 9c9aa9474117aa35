import { sameBytes } from '#shared/encoding/bytes.ts';
import { importIssuerKey, holderChecks, verifyIssued, type Subtle } from '#shared/tickets/web-crypto.ts';
import { verifyCode, type CodeChecks, type CodeFacts } from '#shared/tickets/verify.ts';
import vectors from '#test/vectors/ticket-codes.json' with { type: 'json' };
import { fromHex } from './wycheproof.ts';

export { vectors };
type Case = Pick<(typeof vectors.cases)[number], 'nowMs' | 'ticket'>;

/** A gate that has the vectors' keys, in whichever runtime this is. */
export async function vectorChecks<Key>(subtle: Subtle<Key>): Promise<CodeChecks> {
  const keys = new Map<number, Key>();
  for (const { keyId, publicKey } of vectors.keys) {
    const key = await importIssuerKey(subtle, fromHex(publicKey));
    if (key !== undefined) keys.set(keyId, key);
  }
  return {
    isIssued: async ({ keyId }, message, signature) => {
      const key = keys.get(keyId);
      return key !== undefined && verifyIssued(subtle, key, message, signature);
    },
    isHeld: holderChecks(subtle),
  };
}

export function vectorFacts({ nowMs, ticket }: Case): CodeFacts {
  const holderKey = ticket?.holderKey == null ? null : fromHex(ticket.holderKey);
  return {
    eventNumber: vectors.eventNumber,
    ring: vectors.keys.map(({ keyId, state }) => ({
      keyId,
      fromMs: 0,
      retiredAtMs: state === 'retired' ? 0 : undefined,
    })),
    now: nowMs,
    ticket: () =>
      ticket === null ? undefined : { isReplaced: (shown: number) => shown !== ticket.generation, holderKey },
  };
}

/** The vectors that this runtime judges otherwise than they say. */
export async function misjudged<Key>(subtle: Subtle<Key>): Promise<{ name: string; got: string; wanted: string }[]> {
  const checks = await vectorChecks(subtle);
  const judged = await Promise.all(
    vectors.cases.map(async (vector) => {
      const answer = await verifyCode(vector.code, vectorFacts(vector), checks);
      const isSame = answer.kind === 'refused' || sameBytes(answer.code.header.ticket, fromHex(vectors.says.ticket));
      const got = answer.kind === 'genuine' ? 'genuine' : answer.reason;
      return { name: vector.name, got: isSame ? got : 'another ticket', wanted: vector.result };
    }),
  );
  return judged.filter(({ got, wanted }) => got !== wanted);
}
