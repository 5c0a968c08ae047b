const SVG = 'http://www.w3.org/2000/svg';

/** A picture of one stroke on a 16 × 16 grid; what it means is said by what holds it. */
export function legendIcon(stroke: string): SVGSVGElement {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', stroke);
  icon.append(path);
  return icon;
}
