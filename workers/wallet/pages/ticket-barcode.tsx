import { messages } from '#workers/ui/messages/en.ts';

const words = messages.ticket.wallet;

/**
 * Ten digits are 145 bars' widths (ISO/IEC 15417); each is two pixels of the page, so that no screen has to draw half a
 * bar, and the phone's edges leave the ten of white that scanners ask for.
 */
const [width, height] = [2 * 145, 80];

/** The number as bars, for whoever asks. A picture of its own, fetched only once it is looked at. */
export function TicketBarcode({ url, handle }: { url: string | undefined; handle: string | undefined }) {
  if (url === undefined || handle === undefined) return null;
  return (
    <details class="ticket-barcode">
      <summary>{words.barcode}</summary>
      <div class="bars">
        <img src={url} alt={words.barcodeLabel(handle)} width={width} height={height} loading="lazy" decoding="async" />
      </div>
      <p>{words.barcodeFor}</p>
    </details>
  );
}
