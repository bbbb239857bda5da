/** A choice of one of some values. Its name is for screen readers: the values say what it is about. */
export const Choice = <Value extends string>({
  name,
  value,
  options,
  onChange,
}: {
  readonly name: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}) => (
  <select
    class="choice-of"
    aria-label={name}
    value={value}
    onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}
  >
    {options.map(([option, text]) => (
      <option key={option} value={option}>
        {text}
      </option>
    ))}
  </select>
);
