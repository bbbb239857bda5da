/**
 * Lets the browser keep the page, so that it opens without a network. Where it cannot, as on a page without HTTPS, and while
 * the page is developed, nothing happens.
 */
export const registerServiceWorker = async (): Promise<void> => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('sw.js', document.baseURI));
  } catch (error) {
    console.warn('The page is not kept for use without a network.', error);
  }
};
