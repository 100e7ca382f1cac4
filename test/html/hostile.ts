import { type Finding, type Report, severities } from "../../engine/index.ts";
import { countermeasures } from "../../policies/pack.ts";
import { checkAll, encode, planDocument } from "../check-fixture.ts";

/** Texts that would be more than text in a page that does not escape them. */
export const hostileTexts = {
  script: "</script><script>window.hacked=1</script>",
  image: '"><img src=x onerror="window.hacked=2">',
  quotes: "'`${window.hacked=3}`' onmouseover='window.hacked=3",
  override: "\u202egnp.\u0000\u001b[31m javascript:window.hacked=4",
  long: "W".repeat(10_000),
  style: "</style></textarea><svg onload=window.hacked=5><!--",
};

const replacements: readonly (readonly [string, string])[] = [
  ["shop/web", hostileTexts.script],
  ["shop/worker", hostileTexts.image],
  ["image_web", hostileTexts.quotes],
  ["shop-image-web", hostileTexts.style],
  ["DevelopersOwnIt", hostileTexts.override],
  ["shop-deployer", hostileTexts.long],
  ['["web"]', '["<svg onload=window.hacked=6>"]'],
];

function replaced(value: unknown): unknown {
  if (typeof value === "string")
    return replacements.reduce((text, [from, to]) => text.replaceAll(from, () => to), value);
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member)]));
}

/** The shop with hostile names in resources, tags, policies and containers, in waivers and places, and in a policy. */
export async function hostileReport(): Promise<Report> {
  const report = await checkAll(encode(replaced(planDocument("shop/faulty"))), {
    all: false,
    system: true,
    countermeasures,
    file: hostileTexts.image,
  });
  const waiver = {
    reason: hostileTexts.script,
    owner: hostileTexts.image,
    expires: hostileTexts.style,
    from: hostileTexts.quotes,
  };
  const findings = report.findings.map(
    (finding, at): Finding => ({
      ...finding,
      notes: [hostileTexts.style],
      waiver: at === 0 ? waiver : null,
      location: { file: hostileTexts.script, line: 1, of: "block" },
    }),
  );
  const [first] = findings;
  const policies = Object.entries(report.policies).map(([id, policy]) => [
    id,
    id === first?.policy ? { ...policy, controls: { [hostileTexts.image]: Object.values(hostileTexts) } } : policy,
  ]);
  return {
    ...report,
    findings,
    policies: Object.fromEntries(policies),
    waivers: [{ ...waiver, policy: "*", resources: Object.values(hostileTexts), state: "applied", matches: 1 }],
    warnings: Object.values(hostileTexts),
    resources: { ...report.resources, notEvaluated: [{ type: hostileTexts.image, count: severities.length }] },
  };
}
