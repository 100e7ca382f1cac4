import type { Verdict } from "./evaluate/evaluate.ts";
import { isListed } from "./evaluate/outcome.ts";
import { evaluateAll } from "./evaluate-all.ts";
import { matchesGlob } from "./glob.ts";
import { normalise } from "./model/model.ts";
import { decode } from "./plan/decode.ts";
import type { PlanDocument } from "./plan/envelope.ts";
import { showCommand } from "./plan/errors.ts";
import { changesNothing, priorDocument } from "./plan/prior.ts";
import { openDocument, type Plan, readDocument } from "./plan/read.ts";
import type { Control, Countermeasure } from "./policy/countermeasure.ts";
import type { Override } from "./policy/override.ts";
import type { ParameterValues, Policy, Severity } from "./policy/policy.ts";
import type { Waiver } from "./policy/waiver.ts";
import type { Before } from "./report/changes/plan-changes.ts";
import type { FactsReport } from "./report/facts-report.ts";
import { judge } from "./report/judge.ts";
import type { Report, ReportIgnored } from "./report/report.ts";
import { type RunEvidence, runOf } from "./report/run.ts";
import { showFacts } from "./report/show-facts.ts";
import type { Source } from "./report/source.ts";
import { reportSystem } from "./report/system.ts";
import { typeWarnings } from "./report/type-warnings.ts";
import { type JoinContext, joinContext } from "./subjects/context.ts";
import { managedPoliciesOf } from "./subjects/iam/managed-policies-of.ts";
import { withMarks } from "./subjects/marks.ts";
import { withOrigins } from "./subjects/origins.ts";
import { buildspecReader } from "./subjects/pipeline/buildspec-reader.ts";
import { recognisedSecrets } from "./subjects/plan/credentials.ts";
import { resourceWithAllAttributes } from "./subjects/resource/all-attributes.ts";
import { type Settings, settingsOf } from "./subjects/settings.ts";
import { joinSubjects } from "./subjects/subjects.ts";
import { withSource } from "./worked-out.ts";

export interface CheckOptions {
  /** The policies to judge by; the shipped pack is `pack` of `plimsoll/policies`. */
  readonly policies: readonly Policy[];
  /** Ids or globs of policies to run; all where it is empty. */
  readonly select?: readonly string[];
  /** Ids or globs of policies to leave out. */
  readonly skip?: readonly string[];
  /** The mildest severity that blocks; `high` where it is not given. */
  readonly failOn?: Severity | "never";
  readonly onUnknown?: "report" | "fail";
  /** What blocks: all that is severe enough, which is the default, or only what the plan introduces or makes worse. */
  readonly block?: "all" | "introduced";
  /** The mildest severity that blocks even where it stood before the plan; none where it is not given. */
  readonly blockAlways?: Severity;
  /** Whether passes and policies that do not apply are listed. */
  readonly all?: boolean;
  /** Parameter values by name, or by policy id and then by name. */
  readonly parameters?: ParameterValues;
  /** Name and SHA-256 of the plan file, for the report. */
  readonly file?: string;
  readonly sha256?: string;
  /** The resource types of providers whose schema is known; a policy for one that neither they nor the plan have gets a warning. */
  readonly resourceTypes?: readonly string[];
  /** What else is told of the run, for the report. */
  readonly run?: RunEvidence;
  /** The countermeasures to report on; those of NIST SP 800-190 are `countermeasures` of `plimsoll/policies`. */
  readonly countermeasures?: readonly Countermeasure[];
  /** The controls of Security Hub to report on; none are where they are left out. */
  readonly controls?: readonly Control[];
  /** The Terraform source that the plan was made of. */
  readonly source?: Source;
  /** Exceptions from severity and blocking; the last that fits counts. */
  readonly overrides?: readonly Override[];
  /** Findings to live with, besides those that the source waives. */
  readonly waivers?: readonly Waiver[];
  /** Whose waivers count: those of `waivers` alone, or also those that the source holds in comments (`all`). */
  readonly waiversFrom?: "config" | "all";
  /** What else of the change does not count, for the report. */
  readonly ignored?: readonly ReportIgnored[];
  /** The day of the run, `2026-11-24`; without it waivers that have an end do not apply. */
  readonly today?: string;
  /** Whether the report holds the planned system as a graph, which costs time. */
  readonly system?: boolean;
}

/** The bytes of a plan, or what hands them over: then nothing keeps those of a large plan while it is judged. */
export type PlanBytes = Uint8Array | (() => Uint8Array);

/**
 * Checks the bytes of a plan (`terraform show -json <plan file>`).
 * @throws PlanError where the input is no plan that can be judged
 */
export async function check(plan: PlanBytes, options: CheckOptions): Promise<Report> {
  const { document, prior, warnings } = await openPlan(plan, options, priorPlan);
  const policies = selectPolicies(options.policies, options.select ?? [], options.skip ?? []);
  const before = typeof prior === "string" ? prior : await judgedBefore(prior, policies, options);
  const context = await contextOf(document, options.parameters ?? {});
  const verdicts = await evaluateAll(context, policies, options);
  await loadForLines(verdicts, options);
  const inSource = waiversInSource(document, options.source);
  const ignoresSource = options.waiversFrom === "config";
  const waivers = [...(options.waivers ?? []), ...(ignoresSource ? [] : inSource)];
  const ids = waiverIds(options.policies, policies);
  const gate = gateOf(options);
  const report = judge(document, verdicts, {
    ...gate,
    run: runOf(document, options, policies, gate),
    before,
    all: options.all ?? false,
    file: options.file ?? null,
    sha256: options.sha256 ?? null,
    warnings: [
      ...warnings,
      ...(document.hasConfiguration ? [] : [noConfiguration]),
      ...waivers.filter(({ policy }) => !ids.isKnown(policy)).map(unknownPolicy),
      ...typeWarnings(policies, document, options.resourceTypes ?? []),
    ],
    policies,
    atHand: options.policies,
    countermeasures: options.countermeasures ?? [],
    controls: options.controls,
    source: options.source ?? null,
    overrides: options.overrides ?? [],
    // Of a policy that was not run nobody can say that its waiver has no use.
    waivers: waivers.filter(({ policy }) => ids.isRun(policy)),
    ignoredWaivers: ignoresSource ? inSource : [],
    ignored: options.ignored ?? [],
    today: options.today ?? null,
    system: options.system === true ? reportSystem(document, context.joins) : null,
  });
  const late = options.source?.warnings?.() ?? [];
  return late.length === 0 ? report : { ...report, warnings: [...report.warnings, ...late] };
}

/**
 * What policies see of a plan: its subjects with their facts, and the joins between its resources; of one resource where
 * `address` names it, with all its attributes, which policies of resources compare.
 * @throws PlanError where the input is no plan that can be judged
 */
export async function facts(
  plan: PlanBytes,
  options: { address?: string; parameters?: ParameterValues; source?: Source } = {},
): Promise<FactsReport> {
  const { document } = await openPlan(plan, options, () => null);
  const context = await contextOf(document, options.parameters ?? {});
  const asked = document.resources.find(
    ({ address, mode, willExist }) => address === options.address && mode === "managed" && willExist,
  );
  const subjects = [
    ...withMarks(withOrigins(joinSubjects(context), document), document),
    ...(asked === undefined ? [] : [resourceWithAllAttributes(asked, context.settings)]),
  ];
  return showFacts(document, subjects, context.joins.all("facts"), options.address ?? null);
}

function gateOf({ failOn = "high", onUnknown = "report", block = "all", blockAlways }: CheckOptions) {
  return { failOn, onUnknown, block, blockAlways: blockAlways ?? null };
}

const noConfiguration =
  "the plan holds no configuration, so that no resource can be joined to another by reference; " +
  `run again: ${showCommand}`;

/** The source tells the lines of what is listed. */
async function loadForLines(verdicts: readonly Verdict[], { all = false, source }: CheckOptions): Promise<void> {
  if (verdicts.some(({ outcome }) => isListed(outcome, all))) await source?.load?.();
}

function waiversInSource({ resources }: Plan, source: Source | undefined): readonly Waiver[] {
  return source?.waivers(resources.filter(({ willExist }) => willExist).map(({ address }) => address)) ?? [];
}

/** What the policies of waivers are, each looked up once: a source may hold a waiver at every block. */
function waiverIds(all: readonly Policy[], run: readonly Policy[]) {
  const remembered = (policies: readonly Policy[]) => {
    const known = new Map<string, boolean>();
    return (pattern: string): boolean => {
      const found = known.get(pattern) ?? policies.some(({ id }) => matchesGlob(id, pattern));
      known.set(pattern, found);
      return found;
    };
  };
  return { isKnown: remembered(all), isRun: remembered(run) };
}

function unknownPolicy({ from, policy }: Waiver): string {
  return `${from}: waives ${policy}, and there is no policy of that id, so that it waives nothing`;
}

async function contextOf(plan: Plan, parameters: ParameterValues): Promise<JoinContext> {
  const model = normalise(plan);
  return joinContext(plan, model, settingsOf(parameters), await buildspecReader(model), await managedPoliciesOf(model));
}

/** The policies that are selected and not skipped, by id or glob. */
export function selectPolicies(
  policies: readonly Policy[],
  select: readonly string[],
  skip: readonly string[],
): Policy[] {
  const named = (id: string, patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(id, pattern));
  return policies.filter(({ id }) => (select.length === 0 || named(id, select)) && !named(id, skip));
}

/** What the policies say of what stands before the plan, but for those that are about the plan itself. */
async function judgedBefore(prior: Plan, all: readonly Policy[], options: CheckOptions): Promise<Before> {
  const plan = withRecognisedSecrets(prior, settingsOf(options.parameters ?? {}));
  const policies = all.filter(({ subject }) => subject !== "plan");
  const verdicts = await evaluateAll(await contextOf(plan, options.parameters ?? {}), policies, {
    ...options,
    all: false,
  });
  return { plan, verdicts: verdicts.filter(({ outcome }) => isListed(outcome, false)) };
}

/** A plan that was opened. */
interface OpenedPlan<Prior> {
  readonly document: Plan;
  readonly prior: Prior;
  readonly warnings: readonly string[];
}

/**
 * A function of its own, so that what of the JSON nobody reads is not kept while the plan is judged.
 * @param priorOf reads what stands before the plan, as far as somebody asks for it
 */
async function openPlan<Prior>(
  plan: PlanBytes,
  { parameters = {}, source }: Pick<CheckOptions, "parameters" | "source">,
  priorOf: (document: PlanDocument) => Prior,
): Promise<OpenedPlan<Prior>> {
  const { json, warnings } = decode(typeof plan === "function" ? plan() : plan);
  const read = openDocument(json);
  const told = await withSource(readDocument(read), source ?? null);
  const document = withRecognisedSecrets(told.plan, settingsOf(parameters));
  return { document, prior: priorOf(read), warnings: [...warnings, ...told.warnings] };
}

/** What stands before a plan, read as a plan of its own; nothing, or the same as after it. */
function priorPlan(document: PlanDocument): Plan | Exclude<Before, object> {
  const prior = priorDocument(document);
  if (prior === null) return "nothing";
  return changesNothing(document) ? "the same" : readDocument(prior);
}

/** What the policies recognise as a secret is not shown either, wherever it stands. */
function withRecognisedSecrets(plan: Plan, settings: Settings): Plan {
  return { ...plan, sensitive: new Set([...plan.sensitive, ...recognisedSecrets(plan, settings)]) };
}
