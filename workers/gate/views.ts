import type { Verdict } from '#shared/admission/verdict.ts';
import type { EpochMs } from '#shared/time.ts';

export type GateChoice = {
  slug: string;
  title: string;
  city: string;
  timeZone: string;
  startsAtMs: EpochMs;
  endsAtMs: EpochMs;
  gates: { id: string; name: string; zones: string[] }[];
};

export type GateView = {
  event: GateChoice;
  gateId: string;
  gateName: string;
  stewardName: string;
  /** The last answer, when the page was reached by a form without JavaScript. */
  verdict: Verdict | undefined;
  /** Made anew for each drawn form: a resent form is the same scan. */
  scanId: string;
};
