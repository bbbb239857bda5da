/** Texts for screen readers. `round` differs each time, so that the same text is heard again. */
export const LiveRegion = ({ text, round }: { readonly text: string; readonly round: number }) => (
  <div role="status" aria-label="Announcements" class="visually-hidden">
    <span key={round}>{text}</span>
  </div>
);
