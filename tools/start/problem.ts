/** Something that a person can put right; its message says what, and nothing else is shown. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
