/** The path of a URL without its query, percent-decoded; `undefined` when it is not well-formed UTF-8. */
export const decodedPath = (url: string): string | undefined => {
  const [path = ''] = url.split('?', 1);
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};
