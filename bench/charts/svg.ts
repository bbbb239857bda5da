// The little of SVG that charts need, as text.

type Attributes = Readonly<Record<string, string | number>>;

/** Escapes a text for XML. */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const rounded = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeXml(value);

/** Writes an element. Numbers are rounded to tenths. @param content what is in it, already in XML */
export const element = (name: string, attributes: Attributes, content = ''): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${rounded(value)}"`);
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
};

/** Writes a text. @param x where it begins, or ends with the anchor `end` */
export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeXml(text));

// Colours of equal weight, in both schemes at least 3:1 against the background.
const light = ['#1f6feb', '#8250df', '#1a7f37', '#bc4c00'];
const dark = ['#58a6ff', '#bc8cff', '#56d364', '#f0883e'];

const colours = (of: readonly string[]) => of.map((colour, n) => `.c${n}{fill:${colour}}`).join('');

const style = [
  'text{font:13px system-ui,sans-serif;fill:#1f2328}',
  '.title{font-size:16px;font-weight:600}.small{font-size:11px;fill:#59636e}',
  '.back{fill:#fff}.grid{stroke:#d1d9e0}.one{stroke:#59636e;stroke-width:1.5}',
  '.bar-line{stroke:#cf222e;stroke-width:2}',
  colours(light),
  '@media(prefers-color-scheme:dark){',
  'text{fill:#e6edf3}.small{fill:#9198a1}.back{fill:#0d1117}.grid{stroke:#3d444d}.one{stroke:#9198a1}',
  '.bar-line{stroke:#ff7b72}',
  colours(dark),
  '}',
].join('');

/** How many colours there are: classes `c0`, `c1` … */
export const colourCount = light.length;

/** The width of all charts, in pixels, at which their texts are read. */
export const width = 800;

/** Writes a whole picture, which follows the reader's colour scheme. @param description what it shows, for who cannot see it */
export const picture = (height: number, title: string, description: string, content: readonly string[]): string =>
  `${element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
    [
      element('title', {}, escapeXml(title)),
      element('desc', {}, escapeXml(description)),
      element('style', {}, style),
      element('rect', { class: 'back', width, height, rx: 6 }),
      label(20, 30, title, { class: 'title' }),
      ...content,
    ].join('\n'),
  )}\n`;
