import { useState } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { Icon } from '../app/icons.tsx';

const name = 'taskward zones kept';
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

const read = (): string => {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
};

const keep = (zones: string): void => {
  try {
    localStorage.setItem(name, zones);
  } catch {
    // Without storage the question comes again.
  }
};

/** Asks once whether days should be counted where the device is: new users count them in UTC. */
export const ZoneHint = ({ zone }: { readonly zone: string }) => {
  const { list } = useUi();
  const [kept, setKept] = useState(read);
  const zones = `${zone} ${here}`;
  if (zone === here || kept === zones) return null;
  return (
    <div class="banner">
      <Icon name="calendar" />
      <p>
        Your days are those of {zone}. This device is in {here}.
      </p>
      <button type="button" class="button" onClick={() => void list.changeSettings({ time_zone: here })}>
        Use {here}
      </button>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          keep(zones);
          setKept(zones);
        }}
      >
        Keep {zone}
      </button>
    </div>
  );
};
