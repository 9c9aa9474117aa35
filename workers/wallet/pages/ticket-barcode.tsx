import { messages } from '#workers/ui/messages/en.ts';

const words = messages.ticket.wallet;

/** The number as bars, for whoever asks. A picture of its own, fetched only once it is looked at. */
export function TicketBarcode({ url, handle }: { url: string | undefined; handle: string | undefined }) {
  if (url === undefined || handle === undefined) return null;
  return (
    <details class="ticket-barcode">
      <summary>{words.barcode}</summary>
      <img src={url} alt={words.barcodeLabel(handle)} width="660" height="220" loading="lazy" decoding="async" />
      <p>{words.barcodeFor}</p>
    </details>
  );
}
