import { useEffect, useRef, useState } from 'preact/hooks';
import type { Notice } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Icon, IconButton } from '../app/icons.tsx';

const shownFor = 10_000;

/** What has just happened, with *Undo*. It goes by itself, but not while it is pointed at or has the focus. */
export const NoticeBar = ({ notice }: { readonly notice: Notice | undefined }) => {
  const { list, focusList } = useUi();
  const [isHeld, setIsHeld] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const staysLong = notice?.kind === 'failed';
  useEffect(() => {
    if (notice === undefined || isHeld || staysLong) return;
    const timer = setTimeout(() => list.dismissNotice(), shownFor);
    return () => clearTimeout(timer);
  }, [notice, isHeld, staysLong, list]);
  if (notice === undefined) return null;
  const leave = () => {
    if (bar.current?.contains(document.activeElement)) focusList();
    setIsHeld(false);
    list.dismissNotice();
  };
  const { undo } = notice;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only keeps it there longer
    <div
      ref={bar}
      class={`notice notice-${notice.kind}`}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocusIn={() => setIsHeld(true)}
      onFocusOut={() => setIsHeld(false)}
    >
      {staysLong && <Icon name="warning" />}
      <p>{notice.text}</p>
      {undo !== undefined && (
        <button
          type="button"
          class="button"
          onClick={() => {
            leave();
            void undo();
          }}
        >
          Undo
        </button>
      )}
      <IconButton name="close" label="Dismiss" onClick={leave} />
    </div>
  );
};
