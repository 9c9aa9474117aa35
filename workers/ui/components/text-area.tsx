type TextAreaProps = {
  name: string;
  label: string;
  value: string;
  rows: number;
  maxLength: number;
  autocomplete: string;
  hint?: string | undefined;
  /** May be left empty. */
  isOptional?: boolean | undefined;
};

/** A labelled text of several lines. */
export function TextArea({ name, label, value, rows, maxLength, autocomplete, hint, isOptional }: TextAreaProps) {
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxlength={maxLength}
        autocomplete={autocomplete}
        required={isOptional !== true}
        aria-describedby={hintId}
      >
        {value}
      </textarea>
    </div>
  );
}
