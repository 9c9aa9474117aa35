/**
 * The pen our display face is drawn with. Font units, y upwards, baseline at zero. Every outline is clockwise and every
 * counter the other way round, so that parts may overlap and still fill as one.
 */
export type Point = { readonly x: number; readonly y: number; readonly on: boolean };
export type Contour = readonly Point[];

export const capHeight = 700;
/** Thickness of upright and of level strokes: level ones are thinner, to look alike. */
export const upright = 138;
export const level = 114;

/** A corner of a stroke's middle line, and how far its outer edge is rounded. */
export type Corner = readonly [x: number, y: number, radius?: number];

const at = (x: number, y: number, on = true): Point => ({ x: Math.round(x), y: Math.round(y), on });

export function polygon(...corners: readonly (readonly [x: number, y: number])[]): Contour {
  return clockwise(corners.map(([x, y]) => at(x, y)));
}

export function block(left: number, bottom: number, right: number, top: number): Contour {
  return polygon([left, bottom], [left, top], [right, top], [right, bottom]);
}

/** A counter: cuts what lies under it. */
export function hole(contour: Contour): Contour {
  return contour.toReversed();
}

/** A stroke along level and upright lines, ends cut square. */
export function stroke(...corners: readonly Corner[]): Contour {
  const left = side(corners, false, 1);
  const right = side(corners, false, -1);
  return clockwise([...left, ...right.toReversed()]);
}

/** A stroke that closes on itself: an outline and its counter. */
export function ring(...corners: readonly Corner[]): Contour[] {
  const [one, other] = [side(corners, true, 1), side(corners, true, -1)];
  const [outer, inner] = Math.abs(area(one)) > Math.abs(area(other)) ? [one, other] : [other, one];
  return [clockwise(outer), hole(clockwise(inner))];
}

/** One edge of a stroke: 1 is the left of its direction, -1 the right. */
function side(corners: readonly Corner[], isClosed: boolean, hand: 1 | -1): Point[] {
  return corners.flatMap((corner, index) => {
    const before = isClosed ? corners.at(index - 1) : index > 0 ? corners[index - 1] : undefined;
    const after = isClosed ? corners[(index + 1) % corners.length] : corners[index + 1];
    return edgeAt(corner, before, after, hand);
  });
}

function edgeAt(corner: Corner, before: Corner | undefined, after: Corner | undefined, hand: 1 | -1): Point[] {
  const [x, y, radius = 0] = corner;
  const into = before && direction(before, corner);
  const out = after && direction(corner, after);
  const [fx, fy] = into ?? out ?? [0, 0];
  const [gx, gy] = out ?? into ?? [0, 0];
  // The left normal of a direction (dx, dy) is (-dy, dx); of the two lines that meet, one is upright and one level.
  const edgeX = x + (hand * -(fy + (fy === gy ? 0 : gy)) * upright) / 2;
  const edgeY = y + (hand * (fx + (fx === gx ? 0 : gx)) * level) / 2;
  if (!into || !out || radius === 0) return [at(edgeX, edgeY)];
  const isOuter = hand * (fx * gy - fy * gx) < 0;
  const radiusX = isOuter ? radius : Math.max(radius - upright, innerLeast);
  const radiusY = isOuter ? radius : Math.max(radius - level, innerLeast);
  // One quadratic with its control at the corner is close to a superellipse of exponent 2.4: squarer than a circle.
  return [
    at(edgeX - fx * radiusX, edgeY - fy * radiusY),
    at(edgeX, edgeY, false),
    at(edgeX + gx * radiusX, edgeY + gy * radiusY),
  ];
}

/** Inner corners are never quite sharp where the outer edge is round. */
const innerLeast = 36;

function direction([ax, ay]: Corner, [bx, by]: Corner): [number, number] {
  return [Math.sign(bx - ax), Math.sign(by - ay)];
}

function area(contour: Contour): number {
  let twice = 0;
  for (const [index, { x, y }] of contour.entries()) {
    const next = contour[(index + 1) % contour.length];
    if (next) twice += x * next.y - next.x * y;
  }
  return twice / 2;
}

function clockwise(contour: Contour): Contour {
  return area(contour) > 0 ? contour.toReversed() : contour;
}

export function moved(contours: readonly Contour[], dx: number, dy: number): Contour[] {
  return contours.map((contour) => contour.map(({ x, y, on }) => at(x + dx, y + dy, on)));
}
