import type { Outcome } from '#shared/admission/verdict.ts';

/**
 * What a steward hears and feels, for eyes that are on the person and not on the screen. Rising is in, falling is out,
 * a siren is fraud; each differs in rhythm as well as pitch, for noisy halls and for hands.
 */
type Signal = { readonly notes: readonly (readonly [hertz: number, ms: number])[]; readonly vibration: number[] };

const signals: Readonly<Record<Outcome | 'offline', Signal>> = {
  grant: {
    notes: [
      [660, 80],
      [990, 160],
    ],
    vibration: [80],
  },
  partial: {
    notes: [
      [660, 80],
      [660, 80],
      [830, 160],
    ],
    vibration: [80, 60, 80],
  },
  redirect: {
    notes: [
      [520, 140],
      [780, 140],
      [520, 140],
    ],
    vibration: [160, 80, 80],
  },
  refuse: {
    notes: [
      [330, 180],
      [220, 360],
    ],
    vibration: [400],
  },
  fraud: {
    notes: [
      [880, 120],
      [440, 120],
      [880, 120],
      [440, 120],
      [880, 240],
    ],
    vibration: [200, 80, 200, 80, 400],
  },
  offline: {
    notes: [
      [260, 120],
      [0, 80],
      [260, 120],
    ],
    vibration: [60, 60, 60, 60, 60],
  },
};

const loudness = 0.2;
let audio: AudioContext | undefined;

/** Browsers allow sound only after a key or a tap; a scanner's first key is one. */
export function signal(what: Outcome | 'offline'): void {
  const { notes, vibration } = signals[what];
  navigator.vibrate?.(vibration);
  audio ??= new AudioContext();
  void audio.resume();
  let at = audio.currentTime;
  for (const [hertz, ms] of notes) {
    const seconds = ms / 1_000;
    if (hertz > 0) play(audio, hertz, at, seconds);
    at += seconds;
  }
}

function play(context: AudioContext, hertz: number, at: number, seconds: number): void {
  const tone = new OscillatorNode(context, { type: 'square', frequency: hertz });
  const volume = new GainNode(context, { gain: loudness });
  // Ends softly: a square wave cut short clicks.
  volume.gain.setTargetAtTime(0, at + seconds * 0.8, seconds * 0.05);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + seconds);
}
