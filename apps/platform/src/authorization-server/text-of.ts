/** A parameter as text; what is not text counts as absent. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
