import { handheldMessages as words } from '#workers/ui/messages/en.ts';
import { part } from './screen.ts';

/** Tickets on wristbands and cards: a text record with the ticket's code. Chrome on Android alone has Web NFC so far. */

type Tag = { readonly recordType: string; readonly data?: DataView; readonly encoding?: string };
type Reading = Event & { readonly message: { readonly records: readonly Tag[] } };
type Reader = EventTarget & { scan(): Promise<void> };

export function openNfc(tapped: (text: string) => void): void {
  const { NDEFReader } = globalThis as { NDEFReader?: new () => Reader };
  if (NDEFReader === undefined) return;
  const button = part<HTMLButtonElement>('[data-nfc]');
  const says = part('[data-finder-says]');
  button.hidden = false;
  button.addEventListener('click', () => {
    const reader = new NDEFReader();
    reader.addEventListener('reading', (event) => {
      const text = textOn(event as Reading);
      if (text === undefined) says.textContent = words.nfc.unreadable;
      else tapped(text);
    });
    reader.scan().then(
      () => {
        says.textContent = words.nfc.isOn;
        button.setAttribute('aria-pressed', 'true');
      },
      () => {
        says.textContent = words.nfc.denied;
      },
    );
  });
}

/** The first text on the tag; links and whatever else somebody wrote there are none of ours. */
function textOn({ message: { records } }: Reading): string | undefined {
  const record = records.find(({ recordType }) => recordType === 'text');
  return record?.data === undefined ? undefined : new TextDecoder(record.encoding ?? 'utf-8').decode(record.data);
}
