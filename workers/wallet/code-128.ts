import { code128, drawingSVG } from 'bwip-js/generic';

/** In the thinnest bar's width: high enough to be hit by a hand that is not quite steady. */
const heightMm = 12;

/**
 * A text as Code 128, in SVG, a unit the thinnest bar's width, without the white that belongs at both ends: its page has
 * that. To be imported only when somebody asks for a barcode, because nobody else needs what it brings along.
 */
export function code128Svg(text: string): string {
  const drawn = code128({ bcid: 'code128', text, height: heightMm, scale: 1 }, drawingSVG());
  // Bars must keep their edges: what is drawn between two pixels is grey, and grey is neither.
  return drawn.replace('<svg ', '<svg shape-rendering="crispEdges" ');
}
