import type { Shown } from '#shared/admission/next-steps.ts';
import { messages } from '#workers/ui/messages/en.ts';

const words = messages.gate;

/**
 * One shape per answer, all drawn, one shown (by `data-outcome` around them): a tick lets in, a half-filled disc lets in
 * part of the way, an arrow sends on, a bar across the whole screen refuses, an octagon stops. Told apart without colour,
 * and by where on the screen they stand.
 */
export function Lamp({ shown }: { shown: Shown | 'ready' }) {
  return (
    <div class="lamp" role="img" aria-label={words.shapes[shown]} data-shape>
      <svg class="on-ready" viewBox="0 0 100 100">
        <path d="M14 14h22v8H22v14h-8zM64 14h22v22h-8V22H64zM14 64h8v14h14v8H14zM78 64h8v22H64v-8h14zM22 46h56v8H22z" />
      </svg>
      <svg class="on-grant" viewBox="0 0 100 84">
        <path d="M2 46 18 30l22 22L82 4l16 15-58 63z" />
      </svg>
      <svg class="on-partial" viewBox="0 0 100 100">
        <path d="M2 50a48 48 0 0 0 96 0z" />
        <path d="M2 50a48 48 0 0 1 96 0h-9a39 39 0 0 0-78 0z" />
      </svg>
      <svg class="on-redirect" viewBox="0 0 100 60" preserveAspectRatio="none">
        <path d="M0 16h58V0l42 30-42 30V44H0z" />
      </svg>
      <svg class="on-refuse" viewBox="0 0 100 20" preserveAspectRatio="none">
        <path d="M0 0h100v20H0z" />
      </svg>
      <svg class="on-fraud" viewBox="0 0 100 100">
        <path d="M30 2h40l28 28v40L70 98H30L2 70V30z" />
        <path class="cut" d="M33 9h34l24 24v34L67 91H33L9 67V33z" />
      </svg>
      <svg class="on-counter" viewBox="0 0 100 70">
        <path d="M0 40h26l14 8h26a7 7 0 0 1 0 14H44l-2-5h22L92 38l8 9-30 21H24L0 64zM34 4h32v30H34zm13 0v30h6V4z" />
      </svg>
    </div>
  );
}
