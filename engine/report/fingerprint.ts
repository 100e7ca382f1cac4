/**
 * A short, stable name for the parts together. It tells findings apart and protects nothing, so a plain mixing hash of 128
 * bits will do, which costs no start-up time: four lanes, each mixed with its neighbour at every character.
 */
export function fingerprint(parts: readonly unknown[]): string {
  const lanes: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x85ebca6b];
  for (const character of JSON.stringify(parts)) {
    const code = character.codePointAt(0) ?? 0;
    const [one, two, three, four] = lanes;
    lanes[0] = two ^ Math.imul(one ^ code, 0x9e3779b1);
    lanes[1] = three ^ Math.imul(two ^ code, 0x85ebca77);
    lanes[2] = four ^ Math.imul(three ^ code, 0xc2b2ae3d);
    lanes[3] = one ^ Math.imul(four ^ code, 0x27d4eb2f);
  }
  return lanes.map((lane) => finish(lane).toString(16).padStart(8, "0")).join("");
}

/** Spreads every bit over the whole lane. */
function finish(lane: number): number {
  const half = Math.imul(lane ^ (lane >>> 16), 0x7feb352d);
  const whole = Math.imul(half ^ (half >>> 15), 0x846ca68b);
  return (whole ^ (whole >>> 16)) >>> 0;
}
