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
