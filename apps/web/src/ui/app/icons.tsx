import type { ComponentChildren } from 'preact';

/** The shapes of icons, on a grid of 16. They say nothing that a text beside them does not say. */
const paths = {
  bell: 'M8 2a4 4 0 0 0-4 4v3l-1.3 2.2h10.6L12 9V6a4 4 0 0 0-4-4ZM6.5 13.5a1.6 1.6 0 0 0 3 0',
  calendar: 'M2.5 4h11v9.5h-11ZM2.5 7h11M5.5 2v3M10.5 2v3',
  close: 'm4 4 8 8M12 4l-8 8',
  filter: 'M2 4h12M4.5 8h7M7 12h2',
  flag: 'M4 14V2.5h8l-2 3 2 3H4',
  gear: 'M8 5.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8ZM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  keyboard: 'M1.5 4h13v8.5h-13ZM4 6.7h.01M6.7 6.7h.01M9.4 6.7h.01M12 6.7h.01M5 9.8h6',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  pencil: 'm2.5 13.5.7-3L11 2.7l2.3 2.3-7.8 7.8Z',
  plus: 'M8 3v10M3 8h10',
  repeat: 'M3 7.5V6.5a2 2 0 0 1 2-2h7.5M10.5 2.5l2 2-2 2M13 8.5v1a2 2 0 0 1-2 2H3.5M5.5 13.5l-2-2 2-2',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9',
  unsent: 'M8 12.5v-6M5.5 9 8 6.5 10.5 9M4 14h8a3 3 0 0 0 .6-5.9 4.7 4.7 0 0 0-9.1 0A3 3 0 0 0 4 14',
  warning: 'M8 2 1.5 13.5h13ZM8 6.5v3.3M8 11.7v.01',
} as const;

/** An icon beside a text. */
export const Icon = ({ name }: { readonly name: keyof typeof paths }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
);

/** A button that shows an icon only. @param props.label what it does */
export const IconButton = ({
  name,
  label,
  ...rest
}: {
  readonly name: keyof typeof paths;
  readonly label: string;
  readonly class?: string;
  readonly tabIndex?: number;
  readonly onClick?: (event: MouseEvent) => void;
  readonly onPointerDown?: (event: PointerEvent) => void;
  readonly children?: ComponentChildren;
}) => (
  <button type="button" {...rest} class={`icon-button ${rest.class ?? ''}`} aria-label={label} title={label}>
    <Icon name={name} />
  </button>
);
