/** Sections whose entries are called `name` rather than `binding`. */
const NAMED = new Set(['durable_objects', 'send_email', 'ratelimits']);

/** Everything a Wrangler environment gives the Worker: `vars PUBLIC_ORIGIN`, `d1_databases DB`, `consumer orders`, … */
export function bindingsOf(environment: Record<string, unknown>): Set<string> {
  const found = new Set<string>();
  const collect = (section: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const entry = value as Record<string, unknown>;
    const name = entry['binding'] ?? (NAMED.has(section) ? entry['name'] : undefined);
    if (typeof name === 'string') found.add(`${section} ${name}`);
    // A consumer is no binding, but without it the local system would leave messages lying.
    else if (typeof entry['queue'] === 'string') found.add(`consumer ${entry['queue']}`);
    for (const inner of Object.values(entry)) collect(section, inner);
  };
  for (const [section, value] of Object.entries(environment)) {
    if (section !== 'vars') collect(section, value);
    else for (const name of Object.keys(value as object)) found.add(`vars ${name}`);
  }
  return found;
}

/** Bindings of the deployed Worker that the local one lacks. */
export function missingBindings(production: Record<string, unknown>, local: Record<string, unknown>): string[] {
  const present = bindingsOf(local);
  return [...bindingsOf(production)].filter((binding) => !present.has(binding));
}
