import { code128, drawingSVG } from 'bwip-js/generic';

/** In the thinnest bar's width: a phone that shows the code across its screen makes them wide enough for any scanner. */
const heightMm = 16;
/** White at both ends; scanners ask for ten bars' width (ISO/IEC 15417). */
const quietModules = 10;

/**
 * A text as Code 128, in SVG. To be imported only when somebody asks for a barcode: with everything it brings along this
 * is the largest module of the Worker.
 */
export function code128Svg(text: string): string {
  const drawn = code128(
    { bcid: 'code128', text, height: heightMm, scale: 1, paddingwidth: quietModules, paddingheight: 2 },
    drawingSVG(),
  );
  // Bars must keep their edges: what is drawn between two pixels is grey, and grey is neither.
  return drawn.replace('<svg ', '<svg shape-rendering="crispEdges" ');
}
