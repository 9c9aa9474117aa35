/** What the board's changing places say, by name. */
export type Written = ReadonlyMap<string, string>;

/** A place that is written again as numbers change. `isQuiet` ones, such as times, change without a highlight. */
export function Figure({ written, name, isQuiet }: { written: Written; name: string; isQuiet?: boolean | undefined }) {
  return (
    <span data-figure={name} data-quiet={isQuiet ? '' : undefined}>
      {written.get(name)}
    </span>
  );
}
