/**
 * A text as the grammar reads it, character by character in the same place. It ends a number without a fraction before
 * the exponent, and takes `$$${` for a sign and an interpolation, where HCL takes it for a sign and an escape. What stands
 * for either is no more than a number, and literal text: the text as it is written says which.
 */
export function grammarForm(text: string): string {
  const digits = text.replace(
    /(?<![\p{ID_Continue}.]|[\p{ID_Continue}-]-)\d+[eE][-+]?\d+(?![\p{ID_Continue}.-])/gu,
    (number) => "1".repeat(number.length),
  );
  return digits.replace(/(?<![$%])([$%])\1\1\{/g, "____");
}
