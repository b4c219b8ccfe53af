const key = 'latchkey.reveals-given-up';
/** More than can wait at once. */
const kept = 50;

const read = (): string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
};

/** Whether the person closed this one, which cannot be shown here, before. */
export const isGivenUp = (revealId: string): boolean => read().includes(revealId);

/** Notes that a secret that cannot be shown here is not to be spoken of again until its time is over. */
export function giveUp(revealId: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([...read(), revealId].slice(-kept)));
  } catch {
    // Without storage it is spoken of again after a reload.
  }
}
