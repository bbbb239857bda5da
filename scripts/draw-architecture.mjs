// Draws docs/architecture.svg from the workspaces' manifests and turbo tags: plain JavaScript, built-in modules only.
// `--print` writes to standard output instead. It reads the repository in the current directory, as npm sets it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const output = 'docs/architecture.svg';
const scope = '@taskward/';

const box = { width: 180, height: 44 };
const gap = 28;
const width = 980;
const columns = { left: 110, inside: 380, right: 650, apart: 870 };

// Each tag's place in the picture. Tests, benchmarks and examples depend on nearly everything and are left out.
const places = {
  app: { fill: '#e8def8', stroke: '#7c4dbd' },
  adapter: { fill: '#d6e8ff', stroke: '#2f6fc0' },
  application: { fill: '#d9f2dd', stroke: '#2e8b45' },
  domain: { fill: '#fff1c9', stroke: '#b58300' },
  schemas: { fill: '#d6e8ff', stroke: '#2f6fc0' },
  tool: { fill: '#eceff3', stroke: '#6b7684' },
  web: { fill: '#e8def8', stroke: '#7c4dbd' },
  client: { fill: '#eceff3', stroke: '#6b7684' },
};
const leftOut = ['test', 'bench', 'example'];

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const foldersOf = (pattern) =>
  pattern.endsWith('/*')
    ? readdirSync(pattern.slice(0, -2))
        .sort()
        .map((name) => `${pattern.slice(0, -1)}${name}`)
    : [pattern];

const readPackages = () =>
  readJson('package.json')
    .workspaces.flatMap(foldersOf)
    .filter((folder) => existsSync(`${folder}/package.json`))
    .map((folder) => {
      const { name, dependencies = {} } = readJson(`${folder}/package.json`);
      const [tag] = readJson(`${folder}/turbo.json`).tags;
      const ours = Object.keys(dependencies).filter((dependency) => dependency.startsWith(scope));
      return { name: name.slice(scope.length), tag, uses: ours.map((one) => one.slice(scope.length)).sort() };
    })
    .filter(({ tag }) => !leftOut.includes(tag));

/** Everything that a package depends on, directly or through others. */
const reachOf = (name, packages, found = new Set()) => {
  for (const next of packages.find((one) => one.name === name)?.uses ?? []) {
    if (found.has(next)) continue;
    found.add(next);
    reachOf(next, packages, found);
  }
  return found;
};

// A dependency that another one brings along anyway would only be one more line to follow.
const arrowsOf = (packages) =>
  packages.flatMap(({ name, uses }) =>
    uses
      .filter((to) => !uses.some((other) => other !== to && reachOf(other, packages).has(to)))
      .map((to) => ({ from: name, to })),
  );

const stack = (names, x, middle) => {
  const height = names.length * box.height + (names.length - 1) * gap;
  return names.map((name, index) => [
    name,
    { x, y: middle - height / 2 + box.height / 2 + index * (box.height + gap) },
  ]);
};

/** The centre of each package's box. */
const layOut = (packages) => {
  const named = (...tags) => packages.filter(({ tag }) => tags.includes(tag)).map(({ name }) => name);
  // Who depends on another app stands to its left.
  const apps = named('app').sort((a, b) => reachOf(b, packages).size - reachOf(a, packages).size || (a < b ? -1 : 1));
  const adapters = named('adapter');
  const half = Math.ceil(adapters.length / 2);
  const aside = [...named('tool'), ...named('web'), ...named('client')];
  const rows = Math.max(2, half, aside.length);
  const middle = 150 + (rows * box.height + (rows - 1) * gap) / 2;
  const step = (columns.inside - columns.left) / Math.max(1, apps.length - 1);
  return {
    height: middle * 2 - 60,
    at: Object.fromEntries([
      ...apps.map((name, index) => [name, { x: columns.inside - (apps.length - 1 - index) * step, y: 50 }]),
      ...stack(adapters.slice(0, half), columns.left, middle),
      ...stack(adapters.slice(half), columns.right, middle),
      // What adapters share stands before the hexagon.
      ...stack([...named('schemas'), ...named('application', 'domain')], columns.inside, middle),
      ...stack(aside, columns.apart, middle),
    ]),
  };
};

const round = (number) => Math.round(number * 10) / 10;

/** Where the line from one centre to another leaves the first one's box. */
const edgeOf = (from, to) => {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const part = Math.min(box.width / 2 / Math.abs(dx || 1e-9), box.height / 2 / Math.abs(dy || 1e-9));
  return { x: from.x + dx * part, y: from.y + dy * part };
};

const drawArrow = ({ from, to }, at) => {
  const start = edgeOf(at[from], at[to]);
  const end = edgeOf(at[to], at[from]);
  return `  <path class="arrow" d="M${round(start.x)} ${round(start.y)}L${round(end.x)} ${round(end.y)}" marker-end="url(#head)"/>`;
};

const drawBox = ({ name, tag, uses }, { x, y }) => {
  const { fill, stroke } = places[tag];
  return `  <g>
    <title>${name} depends on ${uses.length > 0 ? uses.join(', ') : 'no other package'}</title>
    <rect x="${round(x - box.width / 2)}" y="${round(y - box.height / 2)}" width="${box.width}" height="${box.height}" rx="6" fill="${fill}" stroke="${stroke}"/>
    <text class="name" x="${x}" y="${round(y - 2)}">${name}</text>
    <text class="tag" x="${x}" y="${round(y + 14)}">${tag}</text>
  </g>`;
};

const drawHexagon = (middle, rows) => {
  const half = { width: 135, height: (rows * box.height + (rows - 1) * gap) / 2 + 34 };
  const points = [
    [-half.width * 0.62, -half.height],
    [half.width * 0.62, -half.height],
    [half.width, 0],
    [half.width * 0.62, half.height],
    [-half.width * 0.62, half.height],
    [-half.width, 0],
  ].map(([x, y]) => `${round(columns.inside + x)},${round(middle + y)}`);
  return `  <polygon class="hexagon" points="${points.join(' ')}"/>`;
};

const draw = (packages) => {
  for (const { name, tag } of packages) {
    if (places[tag] === undefined) throw new Error(`The tag \`${tag}\` of ${name} has no place in the picture.`);
  }
  const { at, height } = layOut(packages);
  const inside = packages.filter(({ tag }) => tag === 'application' || tag === 'domain');
  const centre = inside.reduce((sum, { name }) => sum + at[name].y, 0) / inside.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}" role="img" aria-labelledby="what">
  <title id="what">The packages of Taskward and what they depend on</title>
  <style>
    text { font-family: system-ui, sans-serif; text-anchor: middle; fill: #1f2328; }
    .name { font-size: 14px; font-weight: 600; }
    .tag { font-size: 11px; fill: #57606a; }
    .note { font-size: 12px; fill: #7d8590; }
    .arrow { stroke: #7d8590; stroke-width: 1.6; fill: none; }
    .hexagon { stroke: #7d8590; stroke-width: 1.4; stroke-dasharray: 6 4; fill: none; }
  </style>
  <defs>
    <marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#7d8590"/></marker>
  </defs>
${drawHexagon(centre, inside.length)}
${arrowsOf(packages)
  .map((arrow) => drawArrow(arrow, at))
  .join('\n')}
${packages.map((one) => drawBox(one, at[one.name])).join('\n')}
  <text class="note" x="${columns.inside}" y="${round(height - 10)}">An arrow is a dependency. Those that follow from the others are left out.</text>
</svg>
`;
};

const svg = draw(readPackages());
if (process.argv.includes('--print')) process.stdout.write(svg);
else writeFileSync(output, svg);
