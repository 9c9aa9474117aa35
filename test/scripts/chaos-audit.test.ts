import { describe, expect, it } from 'vitest';
import { chainHash, type Segment } from '#objects/common/segment-log.ts';
import { audit, type Evidence, isSound } from '#test/chaos/audit.ts';

const who = { gateId: 'north', deviceId: 'dev_1', staffId: 'per_1' };
const scanned = { kind: 'scan', method: 'code', outcome: 'grant', reason: 'admitted', ...who };

/** Segments as an object chains them: one for each list of entries. */
function chained(...groups: object[][]): Segment[] {
  let [seq, previousHash] = [1, ''];
  return groups.map((bodies) => {
    const firstSeq = seq;
    const entries = JSON.stringify(bodies.map((body) => ({ seq: seq++, atMs: 0, ...body })));
    const hash = chainHash(previousHash, entries);
    const segment = { firstSeq, lastSeq: seq - 1, previousHash, entries, hash };
    previousHash = hash;
    return segment;
  });
}

const issued = (ticketId: string) => ({ kind: 'ticket.issued', ticketId });

/** An event as it should be after a trial: two of three places sold, one waiting, one ticket let in and refused since. */
function soundEvidence(): Evidence {
  const grant = JSON.stringify({ outcome: 'grant' });
  const refuse = JSON.stringify({ outcome: 'refuse' });
  return {
    acknowledged: [
      { key: 'order-1', kind: 'order', answer: 'tkt_a', ticketIds: ['tkt_a'] },
      { key: 'hold-1', kind: 'hold', answer: '{"ok":true}' },
      { key: 'hold-1', kind: 'confirm', answer: '{"tickets":1}', ticketIds: ['tkt_b'] },
      { key: 'hold-3', kind: 'release', answer: 'released' },
      { key: 'scan-1', kind: 'scan', answer: grant, admitted: 'tkt_a' },
      { key: 'scan-2', kind: 'scan', answer: refuse },
    ],
    replayed: new Map([
      ['order-1', 'tkt_a'],
      ['hold-1', '{"tickets":1}'],
      ['scan-1', grant],
      ['scan-2', refuse],
    ]),
    store: {
      stock: [{ stockId: 'type:day', capacity: 3, held: 1, sold: 2 }],
      holds: [
        { holdId: 'hold-1', status: 'confirmed', lines: '[{"typeId":"day","quantity":1}]' },
        { holdId: 'hold-2', status: 'held', lines: '[{"typeId":"day","quantity":1}]' },
        { holdId: 'hold-3', status: 'released', lines: '[{"typeId":"day","quantity":1}]' },
      ],
      tickets: [
        { ticketId: 'tkt_a', orderId: 'ord_a', typeId: 'day', status: 'active' },
        { ticketId: 'tkt_b', orderId: 'hold-1', typeId: 'day', status: 'active' },
      ],
      segments: chained(
        [issued('tkt_a'), issued('tkt_b')],
        [{ ...scanned, scanId: 'scan-1', ticketId: 'tkt_a' }],
        [{ ...scanned, scanId: 'scan-2', ticketId: 'tkt_a', outcome: 'refuse' }],
      ),
    },
    otherChains: [chained([{ kind: 'order.moved' }])],
    projectionDifferences: 0,
    orders: [
      { orderId: 'ord_a', state: 'completed', inventoryIds: ['evt'], priceOf: { day: 1_000 } },
      { orderId: 'ord_b', state: 'refunded', inventoryIds: ['evt'], priceOf: { day: 1_000 } },
      { orderId: 'ord_c', state: 'firm', inventoryIds: ['evt'], priceOf: { day: 1_000 } },
    ],
    bank: [
      { orderId: 'ord_a', keptMinor: 1_000, isReserved: false },
      { orderId: 'ord_b', keptMinor: 0, isReserved: false },
      { orderId: 'ord_c', keptMinor: 0, isReserved: false },
    ],
    ledgerFindings: [],
  };
}

/** The evidence with one thing broken on purpose. */
function broken(change: (evidence: Evidence) => Partial<Evidence>): Evidence {
  const sound = soundEvidence();
  return { ...sound, ...change(sound) };
}

const withStore = (change: (store: Evidence['store']) => Partial<Evidence['store']>) =>
  broken(({ store }) => ({ store: { ...store, ...change(store) } }));

describe('the auditor', () => {
  it('finds nothing where nothing is wrong', () => {
    const found = audit(soundEvidence());
    expect(found).toMatchObject({ acknowledged: 6, lost: 0, oversold: 0, doubleAdmissions: 0, chainBreaks: 0 });
    expect(isSound(found)).toBe(true);
  });

  it.each([
    ['a scan answered otherwise the second time', 'scan-1', '{"outcome":"refuse"}'],
    ['an order answered with other tickets', 'order-1', 'tkt_z'],
    ['a confirmed hold that is unknown', 'hold-1', '{"ok":false}'],
  ])('notices %s (I5)', (_what, key, answer) => {
    const evidence = broken(({ replayed }) => ({ replayed: new Map([...replayed, [key, answer]]) }));
    expect(audit(evidence)).toMatchObject({ lost: 1, oversold: 0 });
    expect(isSound(audit(evidence))).toBe(false);
  });

  it('notices an answer nobody gives any more', () => {
    const evidence = broken(({ replayed }) => {
      const rest = new Map(replayed);
      rest.delete('scan-2');
      return { replayed: rest };
    });
    expect(audit(evidence).lost).toBe(1);
  });

  it('notices a ticket that was handed out and is gone', () => {
    const evidence = withStore(({ tickets }) => ({ tickets: tickets.slice(1) }));
    const found = audit(evidence);
    expect(found.lost).toBe(1);
    expect(found.findings[0]).toContain('tkt_a');
  });

  it('notices a hold that was acknowledged and never made, and one let go that is held', () => {
    expect(audit(withStore(({ holds }) => ({ holds: holds.slice(1) }))).lost).toBe(1);
    const heldAgain = withStore(({ holds }) => ({
      holds: holds.map((hold) => (hold.holdId === 'hold-3' ? { ...hold, status: 'held' } : hold)),
    }));
    expect(audit(heldAgain).lost).toBe(1);
  });

  it('notices a ticket beyond the capacity, though the counters deny it (I1)', () => {
    const evidence = withStore(({ tickets, segments }) => ({
      tickets: [
        ...tickets,
        ...['tkt_c', 'tkt_d'].map((ticketId) => ({ ticketId, orderId: 'hold-2', typeId: 'day', status: 'active' })),
      ],
      segments: [...segments],
    }));
    expect(audit(evidence).oversold).toBe(2);
  });

  it('notices counters that do not agree with what was sold and held', () => {
    const stock = [{ stockId: 'type:day', capacity: 3, held: 0, sold: 2 }];
    expect(audit(withStore(() => ({ stock }))).oversold).toBe(1);
  });

  it('notices a second admission that a scanner was told of, and one that only the log tells (I2)', () => {
    const told = broken(({ acknowledged, replayed }) => ({
      acknowledged: acknowledged.map((one) => (one.key === 'scan-2' ? { ...one, admitted: 'tkt_a' } : one)),
      replayed,
    }));
    expect(audit(told).doubleAdmissions).toBe(1);
    const logged = withStore(() => ({
      segments: chained(
        [issued('tkt_a'), issued('tkt_b')],
        ['scan-1', 'scan-2'].map((scanId) => ({ ...scanned, scanId, ticketId: 'tkt_a' })),
      ),
    }));
    expect(audit(logged).doubleAdmissions).toBe(1);
  });

  it('notices a log edited in the middle, of this object and of any other (I7)', () => {
    const edit = (segments: readonly Segment[]) =>
      segments.map((segment, at) => (at === 0 ? { ...segment, entries: segment.entries.replace('0', '1') } : segment));
    expect(audit(withStore(({ segments }) => ({ segments: edit(segments) }))).chainBreaks).toBe(1);
    expect(audit(broken(({ otherChains }) => ({ otherChains: otherChains.map(edit) }))).chainBreaks).toBe(1);
  });

  it('notices a log that lost its end, and a decision that left no trace', () => {
    const evidence = withStore(({ segments }) => ({ segments: segments.slice(0, -1) }));
    expect(audit(evidence)).toMatchObject({ chainBreaks: 1, findings: ['scan scan-2 left no trace'] });
    const untraced = withStore(() => ({ segments: chained([issued('tkt_a')], [{ ...scanned, scanId: 'scan-1' }]) }));
    expect(audit(untraced).findings).toContain('tkt_b was issued without a trace');
  });

  it.each([
    ['paid without tickets', { orderId: 'ord_b', keptMinor: 1_000, isReserved: false }],
    ['paid twice', { orderId: 'ord_a', keptMinor: 1_000, isReserved: false }],
    ['reserved and forgotten', { orderId: 'ord_c', keptMinor: 0, isReserved: true }],
    ['taken for an order nobody knows', { orderId: 'ord_x', keptMinor: 1_000, isReserved: false }],
  ])('notices money that was %s (I3)', (_what, payment) => {
    const found = audit(broken(({ bank }) => ({ bank: [...bank, payment] })));
    expect(found.moneyAstray).toBe(1);
    expect(isSound(found)).toBe(false);
  });

  it('notices tickets that nobody paid for, and an order that never came to rest (I3)', () => {
    expect(audit(broken(({ bank }) => ({ bank: bank.slice(1) }))).moneyAstray).toBe(1);
    const stuck = broken(({ orders }) => ({ orders: orders.map((one) => ({ ...one, state: 'captured' })) }));
    expect(audit(stuck).moneyAstray).toBe(3);
  });

  it('passes on where ledger, desks and bank differ (I4)', () => {
    const found = audit(broken(() => ({ ledgerFindings: ['GBP does not balance'] })));
    expect([found.ledgerFindings, isSound(found), found.findings]).toEqual([1, false, ['GBP does not balance']]);
  });

  it('passes on what the projection’s rebuilding found (I9)', () => {
    const found = audit(broken(() => ({ projectionDifferences: 3 })));
    expect(found.projectionDifferences).toBe(3);
    expect(isSound(found)).toBe(false);
  });
});
