import type { ParameterValues, Policy, Severity } from "../policy/policy.ts";
import type { Fact, Subject } from "../subjects/subject.ts";
import { type Folded, fold, type Leaf } from "./fold.ts";
import type { Outcome } from "./outcome.ts";
import { parameterFact } from "./parameter-fact.ts";
import { type FilledText, problemFiller } from "./problem.ts";
import { type Facts, ruleOf } from "./rule.ts";

/** What a policy concludes from what its comparisons come to. */
interface Conclusion {
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** The comparisons that brought it about. */
  readonly leaves: readonly Leaf[];
  /** Why the outcome or the severity differs from what the conditions alone say; texts of the policy. */
  readonly because: readonly string[];
  readonly notes: readonly string[];
  /** Places of the policy's problem texts that are true of a failure. */
  readonly problems: readonly number[];
}

/** Which subject is meant, without its facts, which take the most memory. */
type SubjectName = Omit<Subject, "facts">;

/** What one policy says of one subject. */
export interface Verdict {
  readonly policy: Policy;
  readonly subject: SubjectName;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly because: readonly string[];
  readonly notes: readonly string[];
  /** What is wrong with a subject that fails: the first that can be shown is to be said. */
  readonly problem: readonly FilledText[];
  /** The comparisons that brought it about; none where nobody asked for them. */
  readonly evidence: readonly Evidence[];
}

/** One comparison that brought a verdict about. */
export interface Evidence extends Leaf {
  /** The fact of the subject; null where a parameter of the policy is compared. */
  readonly source: Fact | null;
  /** The parameter that was compared or compared with. */
  readonly parameter: string | null;
}

/** Judges subjects of one kind by the policies for that kind. */
export interface Evaluator {
  evaluate(subject: Subject): Promise<Verdict[]>;
}

/**
 * Makes the evaluator of the policies for one kind of subject. Only one evaluation may be under way at a time.
 * @param needsEvidence of which outcomes the evidence is kept: a large plan has far more passes than anything else
 */
export function createEvaluator(
  policies: readonly Policy[],
  parametersOf: (policy: Policy) => ParameterValues,
  needsEvidence: (outcome: Outcome) => boolean,
): Evaluator {
  const judges = policies.map((policy) => {
    const parameters = parametersOf(policy);
    return { policy, conclude: concluding(policy, parameters), fill: problemFiller(policy, parameters) };
  });
  return {
    async evaluate({ facts, ...subject }) {
      const verdicts: Verdict[] = [];
      for (const { policy, conclude, fill } of judges) {
        const { leaves, outcome, severity, because, notes, problems } = await conclude(facts);
        const problem = problems.length === 0 ? nothing : fill(problems, { ...subject, facts });
        const evidence = needsEvidence(outcome) ? evidenceOf(leaves, policy, facts) : nothing;
        // Written out rather than spread: a large plan has a hundred thousand of them, and spread ones take twice the memory.
        verdicts.push({ policy, subject, outcome, severity, because, notes, problem, evidence });
      }
      return verdicts;
    },
  };
}

const nothing: readonly never[] = [];

/** Where all comparisons of a policy have the same answers, the conclusion is the same: json-rules-engine draws it once. */
function concluding(policy: Policy, parameters: ParameterValues): (facts: Facts) => Promise<Conclusion> {
  const rule = ruleOf(policy, parameters);
  const drawn = new Map<string, Conclusion>();
  return async (facts) => {
    const answers = rule.answers(facts);
    const conclusion = drawn.get(answers) ?? conclude(policy, await rule.run(facts));
    drawn.set(answers, conclusion);
    return conclusion;
  };
}

/** The comparisons with the subject's own facts: a conclusion holds those of the first subject like it. */
function evidenceOf(leaves: readonly Leaf[], policy: Policy, facts: Facts): Evidence[] {
  const factNamed = (name: string) => (Object.hasOwn(facts, name) ? (facts[name] ?? null) : null);
  const prefix = parameterFact(policy, "");
  return leaves.map((leaf) => {
    const source = factNamed(leaf.fact);
    const operand = leaf.valueFact === null ? null : factNamed(leaf.valueFact);
    const compared = source === null ? leaf.fact : leaf.valueFact;
    return {
      fact: leaf.fact,
      operator: leaf.operator,
      factResult: source === null ? leaf.factResult : source.value,
      valueResult: operand === null ? leaf.valueResult : operand.value,
      valueFact: leaf.valueFact,
      negated: leaf.negated,
      source,
      parameter: compared?.startsWith(prefix) === true ? compared.slice(prefix.length) : null,
    };
  });
}

interface FoldedParts {
  readonly conditions: Folded;
  readonly when: Folded | null;
  readonly undecided: readonly Folded[];
  readonly severities: readonly Folded[];
  readonly notes: readonly Folded[];
  /** Null for a text that is true of every failure. */
  readonly problem: readonly (Folded | null)[];
}

/** @param trees the result trees of the policy's sets of conditions, in the order of `conditionsOf` */
function foldParts(policy: Policy, trees: readonly unknown[]): FoldedParts {
  const [conditions, ...rest] = trees.map((tree) => fold(tree));
  if (conditions === undefined) throw new TypeError(`the rule "${policy.id}" has no conditions`);
  const when = policy.when === null ? null : (rest.shift() ?? null);
  const take = (clauses: readonly unknown[]) => rest.splice(0, clauses.length);
  return {
    conditions,
    when,
    undecided: take(policy.undecided),
    severities: take(policy.severities),
    notes: take(policy.notes),
    problem: policy.problem.map((text) => (text.when === null ? null : (rest.shift() ?? null))),
  };
}

function conclude(policy: Policy, trees: readonly unknown[]): Conclusion {
  const parts = foldParts(policy, trees);
  const proven = <C>(clauses: readonly C[], folded: readonly Folded[]) =>
    clauses.filter((_, at) => folded[at]?.truth === true);
  const notes = proven(policy.notes, parts.notes).map(({ because }) => because);
  const base = { severity: policy.severity, because: [], notes, problems: nothing };
  const { conditions, when } = parts;

  if (when?.truth === false) return { ...base, outcome: "not-applicable", leaves: when.leaves };
  const undecided = proven(policy.undecided, parts.undecided);
  if (undecided.length > 0) {
    const because = undecided.map((clause) => clause.because);
    return { ...base, outcome: "unknown", leaves: conditions.leaves, because };
  }
  const open = parts.undecided.find(({ truth }) => truth === null);
  if (open !== undefined) return { ...base, outcome: "unknown", leaves: open.leaves };
  if (conditions.truth === true) return { ...base, outcome: "pass", leaves: conditions.leaves };
  // Whether or not the policy applies: only what holds is no violation.
  if (when?.truth === null) return { ...base, outcome: "unknown", leaves: when.leaves };
  if (conditions.truth === null) return { ...base, outcome: "unknown", leaves: conditions.leaves };
  const problems = parts.problem.flatMap((text, at) => (text === null || text.truth === true ? [at] : []));
  const [severity] = proven(policy.severities, parts.severities);
  return {
    ...base,
    outcome: "fail",
    severity: severity?.severity ?? policy.severity,
    because: severity === undefined ? [] : [severity.because],
    leaves: conditions.leaves,
    problems,
  };
}
