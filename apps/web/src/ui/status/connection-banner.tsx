import type { Connection } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Icon } from '../app/icons.tsx';
import { counted } from '../format/locale.ts';

const sentences: Readonly<Record<Exclude<Connection, 'online'>, string>> = {
  offline: 'You are offline. What you do is kept and sent later.',
  unreachable: 'The server gives no answer. What you do is kept, and sent as soon as it is back.',
  limited: 'These were many requests at once. The server takes new ones in a moment; then your changes are sent.',
};

/** Says why nothing is sent, and how much is waiting. Its place is always there, so that screen readers hear it change. */
export const ConnectionBanner = ({
  connection,
  unsent,
}: {
  readonly connection: Connection;
  readonly unsent: number;
}) => {
  const { list } = useUi();
  const waiting = unsent === 0 ? '' : `${counted(unsent, 'task')} not sent yet.`;
  return (
    <div role="status" class="connection">
      {connection !== 'online' && (
        <div class={`banner banner-${connection}`}>
          <Icon name="unsent" />
          <p>
            {sentences[connection]} {waiting}
          </p>
          {connection === 'unreachable' && (
            <button type="button" class="button" onClick={() => void list.refresh()}>
              Try now
            </button>
          )}
        </div>
      )}
    </div>
  );
};
