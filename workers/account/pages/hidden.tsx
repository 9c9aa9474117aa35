/** Fields that a form carries along; empty ones are left out. */
export function Hidden({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => value !== '' && <input type="hidden" name={name} value={value} />)}
    </>
  );
}
