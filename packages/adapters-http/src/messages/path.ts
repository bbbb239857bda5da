/** Decodes percent-encoded text. Returns `undefined` if it is not well-formed UTF-8. */
export const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Returns a URL's path, without query and fragment, decoded. `undefined` if it is not well-formed UTF-8. */
export const decodedPath = (url: string): string | undefined => {
  // Clients should not send a fragment, but the router ends the path there too.
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.includes('%') ? decoded(path) : path;
};

const authority = /^https?:\/\/[^/?#]*/i;

/** Returns a request target's path and query. Proxies may send it in absolute form. */
export const originForm = (target: string): string => {
  if (target.startsWith('/')) return target;
  const rest = target.replace(authority, '');
  return rest === target || rest.startsWith('/') ? rest : `/${rest}`;
};
