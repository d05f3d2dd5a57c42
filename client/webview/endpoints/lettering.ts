/** Makes words fit: SVG neither cuts nor breaks lines. */
export interface Lettering {
  /** Size of the font in pixels. */
  readonly em: number;
  /** The text, with its middle left out if it is wider than `width` pixels. Names differ at their ends, so those stay. */
  readonly fit: (text: string, width: number) => string;
  /** The text in lines; what doesn't go into `most` lines is cut. */
  readonly wrap: (text: string, width: number, most: number) => readonly string[];
}

/** Measures in the font of an element. */
export function letteringOf(element: Element): Lettering {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d');
  const em = Number.parseFloat(fontSize);
  if (context !== null) context.font = `${fontSize} ${fontFamily}`;
  const widthOf = (text: string) => context?.measureText(text).width ?? text.length * em * 0.55;
  const fit = (text: string, width: number) => fitText(text, (part) => widthOf(part) <= width);
  return { em, fit, wrap: (text, width, most) => wrapText(text, most, (part) => widthOf(part) <= width) };
}

type Fits = (text: string) => boolean;

function fitText(text: string, fits: Fits): string {
  if (fits(text)) return text;
  for (let kept = text.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const short = `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
    if (fits(short)) return short;
  }
  return '…';
}

function wrapText(text: string, most: number, fits: Fits): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) === '' || fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
}
