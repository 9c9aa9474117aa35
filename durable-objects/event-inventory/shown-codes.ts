import type { Work } from '../common/commit-group.ts';
import type { InventoryLookup } from './books.ts';
import type { InventoryContext } from './context.ts';
import { askKeys, asksKeys, codeReader, type CheckedCode } from './found-ticket.ts';
import type { EventInventoryPorts } from './ports.ts';

export type Showing = {
  readonly code: string;
  readonly ticketId?: string | undefined;
  readonly deviceId: string;
  readonly isEnrolled?: boolean | undefined;
};

export type ShownDecision<Request, Answer> = {
  readonly requests: readonly Request[];
  /** Under which key its answer is kept. */
  readonly keyOf: (request: Request) => string;
  /** Undefined when the keys have to be asked first; then nothing was changed. */
  readonly decide: (request: Request, checked: CheckedCode) => Answer | undefined;
  readonly verifier: EventInventoryPorts['verifier'];
  readonly runMany: (works: readonly Work<Answer | undefined, InventoryLookup>[]) => Promise<(Answer | undefined)[]>;
};

/**
 * Decides requests that show codes, in their order. A code the inventory remembers issuing is decided in its first turn: its
 * digest is compared in the transaction that reads the ticket anyway. Of every other the issuer's key is asked, outside any
 * transaction, and it gets another turn, and so does what came after it: two scans of one call never overtake each other.
 */
export async function decideShown<Request extends Showing, Answer>(
  context: InventoryContext,
  { requests, keyOf, decide, verifier, runMany }: ShownDecision<Request, Answer>,
): Promise<Answer[]> {
  const read = codeReader(context, verifier);
  const codes = requests.map(read);
  const isAllRead = !codes.some((code) => code instanceof Promise);
  const checked = isAllRead ? (codes as CheckedCode[]) : await Promise.all(codes.map((code) => Promise.resolve(code)));
  const answers: Answer[] = [];
  let open = [...requests.keys()];
  for (let isFirst = true; open.length > 0; isFirst = false) {
    const turn = new Turn(context, decide);
    const works = open.map((at) => {
      const request = requests[at] as Request;
      const code = checked[at] ?? unread;
      // Only what is remembered is worth reading together; those few that come again are read one by one.
      const lookup = isFirst ? lookupOf(request, keyOf(request), code) : undefined;
      return { run: () => turn.decide(at, request, code), lookup };
    });
    for (const [index, answer] of (await runMany(works)).entries()) {
      const at = open[index];
      if (answer !== undefined && at !== undefined) answers[at] = answer;
    }
    open = open.filter((at) => answers[at] === undefined);
    await Promise.all(
      open.map(async (at) => {
        if (turn.asks.has(at)) checked[at] = await askKeys(checked[at] ?? unread, verifier);
      }),
    );
  }
  return answers;
}

const unread: CheckedCode = { kind: 'unreadable' };

/** One turn of a call's requests. May run twice, like all that runs in a group, and says the same again. */
class Turn<Request, Answer> {
  /** Requests whose codes the keys have to be asked about. */
  readonly asks = new Set<number>();
  readonly #context: InventoryContext;
  readonly #decide: ShownDecision<Request, Answer>['decide'];
  #firstOpen = Number.POSITIVE_INFINITY;

  constructor(context: InventoryContext, decide: ShownDecision<Request, Answer>['decide']) {
    this.#context = context;
    this.#decide = decide;
  }

  decide(at: number, request: Request, code: CheckedCode): Answer | undefined {
    if (at > this.#firstOpen) {
      if (asksKeys(this.#context, code)) this.asks.add(at);
      return undefined;
    }
    const answer = this.#decide(request, code);
    if (answer !== undefined) return answer;
    this.#firstOpen = at;
    this.asks.add(at);
    return undefined;
  }
}

function lookupOf({ deviceId, isEnrolled }: Showing, key: string, code: CheckedCode): InventoryLookup {
  const tickets = code.kind === 'code' || code.kind === 'looked_up' ? [code.ticketId] : [];
  return { answers: [key], tickets, devices: isEnrolled === true ? [deviceId] : [] };
}
