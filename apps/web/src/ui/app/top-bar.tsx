import type { ComponentChildren } from 'preact';
import { useUi } from './context.ts';
import { IconButton } from './icons.tsx';

/** The page's name, what it can open, and who is signed in. @param props.account who is signed in, with a way to sign out */
export const TopBar = ({ account }: { readonly account: ComponentChildren }) => {
  const { open } = useUi();
  return (
    <header class="top-bar">
      <div class="top-bar-inner">
        <h1>Taskward</h1>
        <div class="account">{account}</div>
        <nav class="tools" aria-label="Tools">
          <IconButton name="trash" label="Trash" onClick={() => open({ kind: 'trash' })} />
          <IconButton name="gear" label="Settings" onClick={() => open({ kind: 'settings' })} />
          <IconButton name="keyboard" label="Keyboard" onClick={() => open({ kind: 'keys' })} />
        </nav>
      </div>
    </header>
  );
};
