import { forgetPage } from './keep-page.ts';
import { openStore, wipe } from './offline/store.ts';

/**
 * On the page that says that this phone is no scanner any more. It may have been stolen, and have missed being told over its
 * socket: whatever it carried for the time without network goes.
 */
const prefix = 'scanner-';

await forgetPage();
// Where a browser cannot list its databases, the socket or the first call of the scanner's own page has wiped them.
for (const { name = '' } of (await indexedDB.databases?.()) ?? []) {
  if (!name.startsWith(prefix)) continue;
  const store = await openStore(name.slice(prefix.length));
  await wipe(store);
  store.close();
}
