const name = 'taskward letter keys';

/** Returns whether single letters are commands: they are, unless the reader has switched them off in this browser. */
export const hasLetterKeys = (): boolean => {
  try {
    return localStorage.getItem(name) !== 'off';
  } catch {
    return true;
  }
};

/** Switches single letters on or off as commands, in this browser. */
export const setLetterKeys = (on: boolean): void => {
  try {
    localStorage.setItem(name, on ? 'on' : 'off');
  } catch {
    // Without storage they stay commands.
  }
};
