import type { ComponentChildren } from 'preact';

/** What is shown in place of the tasks: that something is loading, or why there is nothing. */
export const PageMessage = ({
  text,
  isError = false,
  children,
}: {
  readonly text: string;
  readonly isError?: boolean;
  readonly children?: ComponentChildren;
}) => (
  <main class="page page-message">
    <h1>Taskward</h1>
    <p role={isError ? 'alert' : 'status'}>{text}</p>
    {children}
  </main>
);
