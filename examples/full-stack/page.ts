// What Next.js does with your pages: here it serves the page of apps/web, as it was built.
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Reads the page's files, and serves them from then on.
 * @param directory where the page was built
 * @param apiUrl URL of Taskward, which scripts may call besides this server
 * @throws Error if there is no page
 */
export const makePage = async (directory: string, apiUrl: string): Promise<(path: string) => Response> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(directory, file).split(sep).join('/')}`, new Uint8Array(await readFile(file)));
  }
  if (!files.has('/index.html')) throw new Error(`There is no page in ${directory}: \`npm run example\` builds it.`);

  return (path) => {
    const name = path === '/' ? '/index.html' : path;
    const content = files.get(name);
    if (content === undefined) return new Response('There is nothing here.', { status: 404 });
    return new Response(content, {
      headers: {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        // Names of assets change with their content.
        'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': `default-src 'self'; connect-src 'self' ${apiUrl}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
        'x-content-type-options': 'nosniff',
      },
    });
  };
};
