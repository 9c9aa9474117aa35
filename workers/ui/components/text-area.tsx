type TextAreaProps = {
  /** Also the id of the input. */
  name: string;
  label: string;
  value: string;
  rows: number;
  maxLength: number;
  autocomplete: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** May be left empty. */
  isOptional?: boolean | undefined;
};

/** A labelled text of several lines, its hint and, when it was refused, why. */
export function TextArea(props: TextAreaProps) {
  const { name, label, value, rows, maxLength, autocomplete, hint, error, isOptional } = props;
  const describedBy = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
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
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        {value}
      </textarea>
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
