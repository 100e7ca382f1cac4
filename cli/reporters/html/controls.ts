const frameworks: Readonly<Record<string, string>> = {
  "nist-800-190": "NIST SP 800-190",
  "aws-security-hub": "AWS Security Hub",
  "same-as": "The same elsewhere",
  "part-of": "A part of these elsewhere",
};

export function frameworkName(key: string): string {
  return Object.hasOwn(frameworks, key) ? (frameworks[key] ?? key) : key;
}
