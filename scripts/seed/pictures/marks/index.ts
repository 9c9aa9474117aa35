import { kitchenAndBench } from './kitchen-and-bench.ts';
import { type Mark, markPicture } from './mark.ts';
import { organiserMarks } from './organisers.ts';
import { wearAndWire } from './wear-and-wire.ts';

const marks: Readonly<Record<string, Mark>> = { ...organiserMarks, ...kitchenAndBench, ...wearAndWire };

export function logo(slug: string, name: string): string {
  const mark = marks[slug];
  if (mark === undefined) throw new Error(`No mark for ${slug}`);
  return markPicture(name, mark);
}
