import type { BookedTable, Sql } from '../common/group-sql.ts';
import type { RowBook } from '../common/row-book.ts';
import { takeBook, type TakeRow } from './customers.ts';
import { deviceBook, type GateDevice } from './devices.ts';
import { holdBook, type HoldRow } from './holds.ts';
import { answerBook, type AnswerRow } from './scan-answers.ts';
import { ticketBook, type TicketRow } from './tickets.ts';

/** The rows that nearly every hold and scan touches, read and written once a group and not once an item. */
export type InventoryBooks = {
  readonly tickets: RowBook<TicketRow>;
  readonly answers: RowBook<AnswerRow>;
  readonly holds: RowBook<HoldRow>;
  readonly takes: RowBook<TakeRow>;
  readonly devices: RowBook<GateDevice>;
};

/** Keys of rows that an item will look at, by book. Only for speed: a row nobody announced is read when it is asked for. */
export type InventoryLookup = { readonly [Book in keyof InventoryBooks]?: readonly string[] };

export function inventoryBooks(sql: Sql): InventoryBooks {
  return {
    tickets: ticketBook(sql),
    answers: answerBook(sql),
    holds: holdBook(sql),
    takes: takeBook(sql),
    devices: deviceBook(sql),
  };
}

export function allBooks(books: InventoryBooks): (BookedTable & Pick<RowBook<unknown>, 'open' | 'close'>)[] {
  return Object.values(books);
}

/** Reads what the items of a group will look at, a statement for each table. */
export function expectRows(books: InventoryBooks, lookups: readonly InventoryLookup[]): void {
  for (const name of Object.keys(books) as (keyof InventoryBooks)[]) {
    books[name].expect(lookups.flatMap((lookup) => lookup[name] ?? []));
  }
}
