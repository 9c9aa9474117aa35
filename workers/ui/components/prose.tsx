/** Plain text whose paragraphs are parted by blank lines. */
export function Prose({ text }: { text: string }) {
  return (
    <div class="prose">
      {text
        .split(/\n\s*\n/)
        .map((paragraph) => paragraph.trim())
        .filter((paragraph) => paragraph !== '')
        .map((paragraph) => (
          <p>{paragraph}</p>
        ))}
    </div>
  );
}
