import type { WalletCopy } from '#shared/wallet/kept-ticket.ts';
import { onCleared, writeCopy } from '#workers/ui/client/wallet-store.ts';
import { timed } from './server-clock.ts';

const serviceWorkerPath = '/sw.js';
const copyPath = '/wallet/copy';

/**
 * Keeps on this phone what its browser may show, so that it opens without network. On the wallet and on each ticket, once a
 * page: what changes while it is open is fetched when it is opened the next time.
 */
export async function keepWallet(): Promise<void> {
  onCleared(() => location.reload());
  try {
    await Promise.all([navigator.serviceWorker?.register(serviceWorkerPath), copyWallet()]);
  } catch {
    // A private window, a full phone, no network: the pages work as they are, and the next one tries again.
  }
}

async function copyWallet(): Promise<void> {
  const { answer } = await timed<WalletCopy>(() =>
    fetch(copyPath, { headers: { accept: 'application/json' }, cache: 'no-store' }),
  );
  if (answer !== undefined) await writeCopy(answer);
}
