/**
 * Whether the whole text matches a pattern in which `*` stands for any run of characters, `/` and `:` among them, and
 * `?` for one. This is what IAM, ECR filters and our policy files mean by a wildcard. Time is at most the product of
 * both lengths, whatever the pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern;
      resume = at;
      inPattern += 1;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[at])) {
      at += 1;
      inPattern += 1;
    } else if (star !== -1) {
      inPattern = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern === pattern.length;
}

/** Whether some text matches both patterns. Time is the product of both lengths. */
export function patternsMeet(one: string, other: string): boolean {
  // At j: whether what was read of one and the first j characters of the other can stand for the same text.
  let meets = Array.from({ length: other.length + 1 }, (_, at) => /^\**$/.test(other.slice(0, at)));
  for (const character of one.split("")) {
    const next: boolean[] = [character === "*" && meets[0] === true];
    for (const [at, wanted] of other.split("").entries()) {
      const isSame = character === "?" || wanted === "?" || character === wanted;
      next.push(
        character === "*" || wanted === "*"
          ? meets[at + 1] === true || next[at] === true
          : isSame && meets[at] === true,
      );
    }
    meets = next;
  }
  return meets.at(-1) === true;
}
