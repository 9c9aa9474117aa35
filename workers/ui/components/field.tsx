type FieldProps = {
  /** Also the id of the input. */
  name: string;
  label: string;
  type: 'text' | 'email' | 'tel';
  value: string;
  hint?: string | undefined;
  error?: string | undefined;
  autocomplete: string;
  maxLength: number;
  /** Digits only: phones show the number keys, and the figures stand apart. */
  isCode?: boolean | undefined;
  /** Figures and a point. */
  isAmount?: boolean | undefined;
  /** May be left empty. */
  isOptional?: boolean | undefined;
};

/** A labelled input. What is wrong, and how to fill it in, are read out with it. */
export function Field(props: FieldProps) {
  const { name, label, type, value, hint, error, autocomplete, maxLength, isCode, isAmount, isOptional } = props;
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  const errorId = error === undefined ? undefined : `${name}-error`;
  const describedBy = [errorId, hintId].filter((id) => id !== undefined).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete={autocomplete}
        maxlength={maxLength}
        inputmode={isCode ? 'numeric' : isAmount ? 'decimal' : undefined}
        class={isCode ? 'code-input' : undefined}
        required={isOptional !== true}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
      {error && (
        <p class="error" id={errorId}>
          {error}
        </p>
      )}
    </div>
  );
}
