/** A clock that tests turn. It starts at the real time, since the Platform's tokens live by that. */
export interface TurnedClock {
  (): Date;
  /** Turns it by so many seconds; backwards with a negative number. */
  turn(seconds: number): void;
}

/** Runs like the real clock, and jumps when told. */
export function turnedClock(): TurnedClock {
  let offset = 0;
  return Object.assign(() => new Date(Date.now() + offset), {
    turn: (seconds: number) => void (offset += seconds * 1_000),
  });
}
