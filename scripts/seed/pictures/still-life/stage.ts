import { circle, element, path, picture, rect } from '../svg.ts';

/** The colours one product is cut from. */
export type Paper = {
  readonly wall: string;
  readonly table: string;
  readonly main: string;
  readonly second: string;
  readonly accent: string;
  readonly ink: string;
};

/** Draws a thing on an 800-unit square, standing on a table whose edge is at 560. */
export type Thing = (paper: Paper) => string;

/** A wall, a disc of light, a table and a long shadow: the same small theatre for every product. */
export function onStage(name: string, paper: Paper, thing: Thing): string {
  return picture(
    800,
    800,
    name,
    rect(0, 0, 800, 800, paper.wall),
    circle(400, 380, 300, paper.table, { opacity: '.34' }),
    rect(0, 560, 800, 240, paper.table),
    path('M210 668H560L800 744V800H560Z', paper.ink, { opacity: '.16' }),
    thing(paper),
  );
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, fill: string): string {
  return element('ellipse', { cx, cy, rx, ry, fill });
}
