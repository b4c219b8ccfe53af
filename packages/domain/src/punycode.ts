/**
 * The Unicode letters of a label that begins with `xn--` (RFC 3492 §6.2), or null when it is not well-formed. Engines
 * differ in whether they look into such labels at all, so the rules do it themselves.
 */
export function decodePunycode(label: string): string | null {
  if (!label.startsWith('xn--')) return null;
  const dash = label.lastIndexOf('-');
  // The dash of `xn--` itself is no delimiter.
  const points = [...(dash > 3 ? label.slice(4, dash) : '')].map((letter) => letter.charCodeAt(0));
  const basic = points.length;
  const digits = dash > 3 ? label.slice(dash + 1) : label.slice(4);
  let [code, position, bias] = [128, 0, 72];
  for (let index = 0; index < digits.length;) {
    const before = position;
    for (let [weight, k] = [1, 36]; ; k += 36) {
      const digit = digitOf(digits.charCodeAt(index++));
      if (digit === null) return null;
      position += digit * weight;
      const threshold = Math.min(Math.max(k - bias, 1), 26);
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (weight > 0x7fffffff) return null;
    }
    const length = points.length + 1;
    bias = adapted(position - before, length, before === 0);
    code += Math.floor(position / length);
    if (code > 0x10ffff) return null;
    position %= length;
    points.splice(position++, 0, code);
  }
  const letters = String.fromCodePoint(...points);
  return points.length > basic && letters.isWellFormed() ? letters : null;
}

/** The value of a digit, a to z then 0 to 9; null for anything else, the end included. */
function digitOf(code: number): number | null {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : null;
}

/** The next bias (RFC 3492 §6.1). */
function adapted(delta: number, length: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
