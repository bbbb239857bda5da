/** A percent-encoded text, decoded; `undefined` when it is not well-formed UTF-8. */
export const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** The path of a URL without query and fragment, percent-decoded; `undefined` when it is not well-formed UTF-8. */
export const decodedPath = (url: string): string | undefined => {
  // No client should send a fragment, but the router ends the path there too.
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.includes('%') ? decoded(path) : path;
};

const authority = /^https?:\/\/[^/?#]*/i;

/** The path and query of a request's target, which proxies may send with the server's URL before it. */
export const originForm = (target: string): string => {
  if (target.startsWith('/')) return target;
  const rest = target.replace(authority, '');
  return rest === target || rest.startsWith('/') ? rest : `/${rest}`;
};
