/** Keeps the screen from going dark while a code is shown. A courtesy: a phone that will not is left alone. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isWanted = true;
  const hold = async (): Promise<void> => {
    if (!isWanted || document.visibilityState === 'hidden' || !('wakeLock' in navigator)) return;
    try {
      const taken = await navigator.wakeLock.request('screen');
      if (isWanted) lock = taken;
      else await taken.release();
    } catch {
      // A battery nearly empty, or a browser that asks for a tap first: the next look at the page tries again.
    }
  };
  // Browsers let go of it whenever the page is left.
  document.addEventListener('visibilitychange', hold);
  void hold();
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', hold);
    void lock?.release().catch(() => undefined);
  };
}
