import type { ComponentChildren } from 'preact';
import { useContext, useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../app/icons.tsx';
import { NoticesInDialog } from '../status/notices.tsx';

/**
 * A modal dialog. The browser keeps the focus inside, and closes it with Esc; when it is gone, the focus is back where it
 * was. An element with `data-first-focus` has the focus first.
 * @param props.shape `sheet` fills the side of the window
 */
export const Dialog = ({
  title,
  shape = 'box',
  onClose,
  children,
}: {
  readonly title: string;
  readonly shape?: 'box' | 'sheet';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  const titleId = useId();
  const notices = useContext(NoticesInDialog);
  useLayoutEffect(() => {
    const before = document.activeElement;
    isGone.current = false;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      isGone.current = true;
      dialog.current?.close();
      // The reader may have moved on since the browser closed it.
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // What had the focus may be gone, such as a button of a task that was restored.
  const focused = useRef<EventTarget | null>(null);
  useLayoutEffect(() => {
    const isLost = focused.current instanceof Element && !focused.current.isConnected;
    if (isLost && document.activeElement === document.body) dialog.current?.querySelector('button')?.focus();
  });
  // The browser reports the end later, also of a dialog that the page has taken away itself.
  const closed = () => isGone.current || onClose();
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${shape}`}
      aria-labelledby={titleId}
      onClose={closed}
      onFocusIn={({ target }) => {
        focused.current = target;
      }}
    >
      <div class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton name="close" label="Close" onClick={onClose} />
      </div>
      {children}
      {notices}
    </dialog>
  );
};
