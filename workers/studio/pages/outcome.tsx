import { Notice } from '#workers/ui/components/notice.tsx';

type OutcomeProps = {
  /** Why the form that was sent did nothing. */
  error: string | undefined;
  notDone: string;
  /** What it did, in words. */
  did: string | undefined;
};

/** What became of the form that led to this page; a refusal goes before whatever was done by an earlier one. */
export function Outcome({ error, notDone, did }: OutcomeProps) {
  if (error !== undefined) {
    return (
      <Notice kind="refusal" title={notDone}>
        <p>{error}</p>
      </Notice>
    );
  }
  if (did === undefined) return null;
  return (
    <p class="did" role="status">
      {did}
    </p>
  );
}
