/** A ticket with notched sides; its bars are two, four and seven wide. */
export function BrandMark() {
  return (
    <svg class="mark" viewBox="0 0 32 24" width="32" height="24" aria-hidden="true">
      <path fill="currentColor" d="M0 0h32v8a4 4 0 0 0 0 8v8H0v-8a4 4 0 0 0 0-8z" />
      <path class="mark-bars" d="M8 5h2v14H8zm5 0h4v14h-4zm7 0h5v14h-5z" />
    </svg>
  );
}
