/**
 * Remembers the answer of a question for a while, and asks once for all who ask at the same time. A failure is not
 * remembered.
 *
 * @param milliseconds how long an answer is good
 */
export function cached<T, Asker>(
  milliseconds: number,
  ask: (asker: Asker) => Promise<T>,
): (asker: Asker) => Promise<T> {
  let known: { readonly answer: Promise<T>; readonly until: number } | undefined;
  return (asker) => {
    if (known !== undefined && performance.now() < known.until) return known.answer;
    const answer = ask(asker);
    const mine = { answer, until: performance.now() + milliseconds };
    known = mine;
    answer.catch(() => {
      if (known === mine) known = undefined;
    });
    return answer;
  };
}
