import { availabilityMessages as words, waitlistMessages as waitlistWords } from '#workers/ui/messages/en.ts';
import { sayThatSomebodyLooks } from './looking.ts';

/** The page is cached; how many tickets are left is not. Asked once on arrival, and when the reader comes back to it. */

type Availability = 'available' | 'few_left' | 'sold_out' | 'not_yet_on_sale' | 'sale_ended';
type Offer = { typeId: string; availability: Availability; left?: number };

const form = document.querySelector<HTMLFormElement>('form[data-availability]');
const url = form?.dataset['availability'];

const looking = form?.querySelector<HTMLElement>('[data-looking]');
if (looking) sayThatSomebodyLooks(looking, words.looking);

if (form && url) {
  void refresh(form, url);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh(form, url);
  });
}

async function refresh(offersForm: HTMLFormElement, from: string): Promise<void> {
  try {
    const response = await fetch(from, { headers: { accept: 'application/json' } });
    if (!response.ok) return;
    const { offers } = (await response.json()) as { offers: Offer[] };
    for (const offer of offers) update(offersForm, offer);
  } catch {
    // What the cached page says stands; checkout decides anyway.
  }
}

function update(offersForm: HTMLFormElement, { typeId, availability, left }: Offer): void {
  const row = offersForm.querySelector(`[data-offer="${CSS.escape(typeId)}"]`);
  const text = row?.querySelector<HTMLElement>('.offer-foot p');
  if (!row || !text) return;
  // When a sale opens is written by the server, in the event's zone.
  if (availability !== 'not_yet_on_sale') {
    text.textContent = availability === 'few_left' && left !== undefined ? words.left(left) : words[availability];
  }
  text.className = availability;
  offerToWait(row.querySelector('.offer-foot'), offersForm.dataset['waitlist'], typeId, availability);
  limit(row.querySelector<HTMLSelectElement | HTMLInputElement>('select, input'), availability, left);
}

/** What sold out since the page was drawn has a waitlist too; what came back has none. */
function offerToWait(
  foot: Element | null,
  waitlist: string | undefined,
  typeId: string,
  availability: Availability,
): void {
  const drawn = foot?.querySelector('[data-wait]');
  if (availability !== 'sold_out') drawn?.remove();
  if (availability !== 'sold_out' || drawn || !foot || waitlist === undefined) return;
  const link = document.createElement('a');
  link.href = `${waitlist}?type=${encodeURIComponent(typeId)}`;
  link.dataset['wait'] = '';
  link.textContent = waitlistWords.link;
  foot.append(link);
}

/** Never offers more than there is, and forgets a choice that can no longer be had. */
function limit(field: HTMLSelectElement | HTMLInputElement | null, availability: Availability, left?: number): void {
  if (!field) return;
  const isOpen = availability === 'available' || availability === 'few_left';
  field.hidden = !isOpen;
  if (!isOpen) field.value = '0';
  if (left === undefined) return;
  if (field instanceof HTMLInputElement) field.max = String(Math.min(Number(field.max), left));
  else for (const option of field.options) option.disabled = Number(option.value) > left;
  if (Number(field.value) > left) field.value = String(left);
}
