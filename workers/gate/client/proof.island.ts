import { scannerMessages as words } from '#workers/ui/messages/en.ts';
import { renewProof } from './renew-proof.ts';

/** Signs, and opens the page that was asked for. Where nothing answers it tries again; a refusal it says, and stays. */

const again = 2_000;
const root = document.querySelector<HTMLElement>('[data-proof]');
const says = document.querySelector<HTMLElement>('[data-says]');
if (root && says) void prove(root.dataset['proof'] ?? '', says);

async function prove(url: string, status: HTMLElement): Promise<void> {
  const proved = await renewProof(url);
  if (proved.ok) {
    location.reload();
  } else if (proved.code === '') {
    setTimeout(() => void prove(url, status), again);
  } else {
    status.textContent = proved.detail || words.proofFailed;
  }
}
