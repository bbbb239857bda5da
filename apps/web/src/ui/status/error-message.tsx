import { Icon } from '../app/icons.tsx';

/** Why something failed, as the server says it, with a way to try again. */
export const ErrorMessage = ({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }) => (
  <div class="banner banner-error" role="alert">
    <Icon name="warning" />
    <p>{text}</p>
    <button type="button" class="button" onClick={onRetry}>
      Try again
    </button>
  </div>
);
