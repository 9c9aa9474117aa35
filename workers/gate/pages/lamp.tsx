/**
 * One shape per answer, all drawn, one shown (by `data-outcome` around them): a disc with a tick lets in, a half disc
 * lets in part of the way, an arrow sends on, a barred square refuses, a triangle stops. Told apart without colour.
 */
export function Lamp() {
  return (
    <svg class="lamp" viewBox="0 0 100 100" aria-hidden="true">
      <g class="on-ready">
        <path d="M14 14h22v8H22v14h-8zM64 14h22v22h-8V22H64zM14 64h8v14h14v8H14zM78 64h8v22H64v-8h14zM22 46h56v8H22z" />
      </g>
      <g class="on-grant">
        <circle cx="50" cy="50" r="48" />
        <path class="cut" d="m22 51 9-10 14 14 25-28 9 9-33 38z" />
      </g>
      <g class="on-partial">
        <path d="M2 54a48 44 0 0 0 96 0z" />
        <path d="M2 46a48 44 0 0 1 96 0h-8a40 36 0 0 0-80 0z" />
      </g>
      <g class="on-redirect">
        <path d="M2 28h46V4l50 46-50 46V72H2z" />
      </g>
      <g class="on-refuse">
        <path d="M2 2h96v96H2z" />
        <path class="cut" d="M16 39h68v22H16z" />
      </g>
      <g class="on-fraud">
        <path d="M50 2 99 94H1z" />
        <path class="cut" d="M44 34h12l-2 34h-8zm0 39h12v12H44z" />
      </g>
    </svg>
  );
}
