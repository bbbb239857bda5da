import { useState } from 'preact/hooks';

const texts: Readonly<Record<NotificationPermission, string>> = {
  granted: 'This browser shows a notification when a reminder comes.',
  denied: 'Reminders are shown on the page. To see them elsewhere, allow notifications in the browser’s site settings.',
  default: 'Reminders are shown on the page while it is open.',
};

/** Lets the browser show reminders outside of the page. */
export const NotificationChoice = () => {
  const [permission, setPermission] = useState(() =>
    typeof Notification === 'undefined' ? undefined : Notification.permission,
  );
  if (permission === undefined) return null;
  return (
    <div class="field">
      <p class="muted">{texts[permission]}</p>
      {permission === 'default' && (
        <button
          type="button"
          class="button"
          onClick={() => void Notification.requestPermission().then(setPermission, () => undefined)}
        >
          Show notifications
        </button>
      )}
    </div>
  );
};
