import { fail, ok, type Failure, type Result } from '../result.ts';
import type { EpochMs } from '../time.ts';
import { allocate, proportion } from './allocate.ts';
import type { DraftLine, WantedBundle } from './draft-lines.ts';
import { isCounted, type Promo } from '../inventory/shop-rules.ts';
import { checkPromo, isGoodFor, type PromoRefusal, type PromoTarget } from './promo-code.ts';
import type { QuotedDiscount } from './quote.ts';
import type { ShopOffer } from './wanted.ts';

/**
 * What is taken off, in this order, whatever order things were asked for in:
 * 1. bundles: their parts cost what the bundle costs, never more than they cost alone;
 * 2. percentages, the largest first, each of what is left by then;
 * 3. fixed amounts, the largest first, of what is left by then.
 * Each is divided among the lines it is good for in the proportion of what they still cost, so no line falls below zero.
 */
export type Discounted = {
  readonly lines: readonly DraftLine[];
  readonly discounts: readonly QuotedDiscount[];
  /** Codes that take nothing off, and why. */
  readonly refused: readonly RefusedCode[];
};

export type RefusedCode = { readonly codeDigest: string; readonly failure: Failure<PromoRefusal> };

const wholeBasisPoints = 10_000;

/** What the lines of bundles cost less than alone. */
export function takeOffBundles(lines: readonly DraftLine[], bundles: readonly WantedBundle[]): DraftLine[] {
  return bundles.reduce<DraftLine[]>(
    (discounted, { bundle, businessId, quantity }) => {
      const isPart = (line: DraftLine): boolean => line.bundleId === bundle.id && businessOf(line) === businessId;
      const listMinor = costOf(discounted.filter(isPart));
      // A part may have become cheaper since the bundle was made: nobody pays more for buying more.
      const savingMinor = Math.max(0, listMinor - bundle.priceMinor * quantity);
      return takeOff(discounted, isPart, savingMinor);
    },
    [...lines],
  );
}

/** What codes take off lines whose bundles are priced. */
export function takeOffCodes(
  lines: readonly DraftLine[],
  { shops, codeDigests, now }: { shops: readonly ShopOffer[]; codeDigests: readonly string[]; now: EpochMs },
): Discounted {
  const known: Known[] = [];
  const refused: RefusedCode[] = [];
  for (const codeDigest of new Set(codeDigests)) {
    const found = findPromo(shops, lines, codeDigest, now);
    if (found.ok) known.push(found.value);
    else refused.push({ codeDigest, failure: found.failure });
  }
  const discounts: QuotedDiscount[] = [];
  let discounted: DraftLine[] = [...lines];
  for (const { promo, businessId } of known.toSorted(inOrder)) {
    const isGood = goodFor(promo, businessId);
    const amountMinor = amountOff(promo, costOf(discounted.filter(isGood)));
    if (amountMinor === 0) {
      // Codes before it left nothing: a use of it must not be spent on that.
      refused.push({ codeDigest: promo.codeDigest, failure: { code: 'promo_adds_nothing' } });
      continue;
    }
    discounted = takeOff(discounted, isGood, amountMinor);
    discounts.push({ promoId: promo.id, businessId, name: promo.name, amountMinor, isCounted: isCounted(promo) });
  }
  return { lines: discounted, discounts, refused };
}

type Known = { readonly promo: Promo; readonly businessId: string };

/** Two businesses may print the same code: what counts is the one whose things are in the order. */
function findPromo(
  shops: readonly ShopOffer[],
  lines: readonly DraftLine[],
  codeDigest: string,
  now: EpochMs,
): Result<Known, PromoRefusal> {
  const candidates = shops
    .flatMap(({ rules: { promos, businessId } }) => promos.map((promo) => ({ promo, businessId })))
    .filter(({ promo }) => promo.codeDigest === codeDigest)
    .toSorted(inOrder);
  const checked = candidates.map((known): Result<Known, PromoRefusal> => {
    const { promo, businessId } = known;
    const isGood = checkPromo(promo, costOf(lines.filter(goodFor(promo, businessId))), now);
    return isGood.ok ? ok(known) : isGood;
  });
  return checked.find((each) => each.ok) ?? checked[0] ?? fail('promo_unknown');
}

function goodFor(promo: Promo, businessId: string): (line: DraftLine) => boolean {
  return (line) => isGoodFor(promo, businessId, targetOf(line));
}

function targetOf(line: DraftLine): PromoTarget {
  const { from, kind, itemId } = line;
  const eventId = from.kind === 'event' ? from.offer.rules.eventId : undefined;
  return { businessId: businessOf(line), kind, itemId, eventId };
}

function amountOff({ off }: Promo, leftMinor: number): number {
  return off.kind === 'percent'
    ? proportion(leftMinor, off.basisPoints, wholeBasisPoints)
    : Math.min(off.amountMinor, leftMinor);
}

function inOrder(a: Known, b: Known): number {
  const [ofA, ofB] = [a.promo.off, b.promo.off];
  if (ofA.kind !== ofB.kind) return ofA.kind === 'percent' ? -1 : 1;
  const size = ({ promo: { off } }: Known): number => (off.kind === 'percent' ? off.basisPoints : off.amountMinor);
  if (size(a) !== size(b)) return size(b) - size(a);
  const id = ({ businessId, promo }: Known): string => `${businessId} ${promo.id}`;
  return id(a) < id(b) ? -1 : 1;
}

function takeOff(lines: readonly DraftLine[], isMeant: (line: DraftLine) => boolean, amountMinor: number): DraftLine[] {
  const shares = allocate(
    amountMinor,
    lines.map((line) => (isMeant(line) ? leftOf(line) : 0)),
  );
  return lines.map((line, index) => ({ ...line, discountMinor: line.discountMinor + (shares[index] ?? 0) }));
}

/** What a line costs by now. */
export function leftOf({ unitMinor, quantity, discountMinor }: DraftLine): number {
  return unitMinor * quantity - discountMinor;
}

function costOf(lines: readonly DraftLine[]): number {
  return lines.reduce((sum, line) => sum + leftOf(line), 0);
}

export function businessOf({ from }: DraftLine): string {
  return from.offer.rules.businessId;
}
