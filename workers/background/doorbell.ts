/** Names an object that has news: `inventory:<event id>` or `desk:<desk>`. Carries nothing else: the news is pulled. */
export type DoorbellMessage = { readonly source: string };
