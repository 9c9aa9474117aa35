import { pathTo } from '#workers/routes.ts';
import { Document } from '../document.tsx';
import { messages } from '../messages/en.ts';

const words = messages.scanner;

/** Seen for a moment: the phone signs, and the page it asked for opens. */
export function ScannerProofPage() {
  return (
    <Document title={words.proofTitle} bodyClass="gate" isPrivate islands={['gate/proof.island.js']}>
      <main class="gate-step" data-proof={pathTo('gateProof')}>
        <h1>{words.proofTitle}</h1>
        <p class="summary" role="status" data-says>
          {words.proofLead}
        </p>
        <noscript>
          <p class="summary">{words.needsScript}</p>
        </noscript>
      </main>
    </Document>
  );
}
