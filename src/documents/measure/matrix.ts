/** An affine map as PDF writes it: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function times(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function mapped([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Six numbers of whatever list; null for anything else. */
export function matrixOf(value: unknown): Matrix | null {
  const list = numbersOf(value);
  return list.length === 6 ? (list as unknown as Matrix) : null;
}

/** The numbers of an array, typed or not, or of an object with numeric keys; empty for anything else. */
export function numbersOf(value: unknown): readonly number[] {
  if (value === null || typeof value !== 'object') return [];
  const list = ArrayBuffer.isView(value) || Array.isArray(value) ? Array.from(value as unknown as ArrayLike<number>) : [];
  return list.every((one) => typeof one === 'number') ? list : [];
}
