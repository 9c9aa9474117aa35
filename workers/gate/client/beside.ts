import type { Verdict } from '#shared/admission/verdict.ts';
import { eventNumberIn, foreignCodeIn, type ForeignCode } from '#shared/gate/foreign-code.ts';
import { handheldMessages as words } from '#workers/ui/messages/en.ts';
import type { Decision } from './decider.ts';

/** What a scanner can say beside an answer: whose code it is instead, and that it decided by itself. */
export function besideVerdict(
  { verdict, by }: Extract<Decision, { kind: 'verdict' }>,
  code: string,
  otherEvents: ReadonlyMap<number, string>,
): { readonly first: string[]; readonly facts: string[] } {
  const first = [...otherEvent(verdict, code, otherEvents), ...foreign(verdict, code)];
  const asksName = verdict.reason === 'name_check' || verdict.reason === 'document_check';
  if (asksName && verdict.holderName === undefined) first.push(words.noName);
  const facts = by === 'event' ? [] : [by === 'alone' ? words.alone : words.aloneStale];
  return { first, facts };
}

function otherEvent({ reason }: Verdict, code: string, titles: ReadonlyMap<number, string>): string[] {
  const title = reason === 'wrong_event' ? titles.get(eventNumberIn(code) ?? 0) : undefined;
  return title === undefined ? [] : [words.otherEvent(title)];
}

function foreign({ reason }: Verdict, code: string): string[] {
  const found = reason === 'unreadable_code' ? foreignCodeIn(code) : undefined;
  return found === undefined ? [] : [foreignWords(found)];
}

function foreignWords(found: ForeignCode): string {
  return found.kind === 'link' ? words.foreign.link(found.host) : words.foreign[found.kind];
}
