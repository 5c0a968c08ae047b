import { encode } from 'uqr';

// What readers need around it, in modules (ISO/IEC 18004, 9.1).
const QUIET = 4;

/** `text` as a QR code, dark on white in every theme: cameras do not read it the other way round reliably. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const side = size + 2 * QUIET;
  const modules = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${String(x + QUIET)} ${String(y + QUIET)}h1v1h-1z`] : [])),
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(side)} ${String(side)}`}
      shapeRendering="crispEdges"
      className="size-52 shrink-0 border-2 border-line"
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={modules.join('')} fill="#000000" />
    </svg>
  );
}
