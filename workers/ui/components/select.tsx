type SelectProps = {
  /** Also the id of the control. */
  name: string;
  label: string;
  /** What is chosen; empty for the first option, which stands for no choice. */
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  hint?: string | undefined;
  error?: string | undefined;
};

/** A labelled choice of one. */
export function Select({ name, label, value, options, hint, error }: SelectProps) {
  const ids = [error && `${name}-error`, hint && `${name}-hint`].filter((id) => id !== undefined && id !== '');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={name}
        name={name}
        aria-describedby={ids.length === 0 ? undefined : ids.join(' ')}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
