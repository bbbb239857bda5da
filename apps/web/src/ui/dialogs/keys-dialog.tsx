import { useState } from 'preact/hooks';
import { keysHelp } from '../app/commands.ts';
import { hasLetterKeys, setLetterKeys } from '../app/letter-keys.ts';
import { Dialog } from './dialog.tsx';

/** What the keys do. */
export const KeysDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [hasLetters, setHasLetters] = useState(hasLetterKeys);
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div class="dialog-body">
        <table class="keys">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">What it does</th>
            </tr>
          </thead>
          <tbody>
            {keysHelp.map(([key, text]) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label class="check-field">
          <input
            type="checkbox"
            class="check"
            checked={hasLetters}
            onChange={({ currentTarget: { checked } }) => {
              setLetterKeys(checked);
              setHasLetters(checked);
            }}
          />
          <span>Single letters are commands. Switch this off if you speak or type them by mistake.</span>
        </label>
      </div>
    </Dialog>
  );
};
