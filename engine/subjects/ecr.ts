import { matchesGlob } from "../glob.ts";
import { reachesAnyActionOf } from "../iam/actions.ts";
import { namesAnyone } from "../iam/principals.ts";
import { isRestrictedBy, restrictingValues } from "../iam/restrictions.ts";
import { inBlock, mapAttribute } from "../model/attribute.ts";
import type { Modelled } from "../model/model.ts";
import type { Statement } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { anyOf, test } from "../three-valued.ts";
import { type JoinContext, unknownSubject } from "./context.ts";
import { sameProvider } from "./join.ts";
import { policyDocument } from "./policy-documents.ts";
import { repositoryNamedBy } from "./relations.ts";
import { statementName } from "./statement-names.ts";
import { attributeFact, derivedFact, type Subject, subject } from "./subject.ts";

export function ecrSubjects(context: JoinContext): Subject[] {
  const { model } = context;
  return [
    ...model.aws_ecr_repository.map((repository) => repositorySubject(repository, context)),
    ...model.aws_ecrpublic_repository.map(({ resource, attributes }) =>
      subject("ecr-public-repository", resource, null, { name: attributeFact(attributes.repository_name) }),
    ),
    ...model.aws_ecr_repository_policy.flatMap((policy) => policyStatementSubjects(policy, context)),
  ];
}

function repositorySubject(repository: Modelled<"aws_ecr_repository">, context: JoinContext): Subject {
  const { resource, attributes } = repository;
  const exclusions = mapAttribute(attributes.image_tag_mutability_exclusion_filter, (filters) =>
    filters.map((filter) =>
      filter instanceof Unknown ? filter : (filter.filter.value ?? new Unknown("unexpected-shape")),
    ),
  );
  return subject("ecr-repository", resource, null, {
    name: attributeFact(attributes.name),
    tagMutability: attributeFact(attributes.image_tag_mutability),
    tagMutabilityExclusions: attributeFact(exclusions),
    scanOnPush: attributeFact(
      inBlock(attributes.image_scanning_configuration, "scan_on_push", (block) => block.scan_on_push, false),
    ),
    ...registryScanFacts(repository, context),
    lifecyclePolicyCount: lifecyclePolicyFact(repository, context),
    isPullThroughCache: derivedFact(
      anyOf(
        context.model.aws_ecr_pull_through_cache_rule.map((rule) =>
          liesUnder(attributes.name.value, rule.attributes.ecr_repository_prefix.value),
        ),
      ),
      { path: "name" },
    ),
  });
}

function liesUnder(name: Maybe<string | null>, prefix: Maybe<string | null>): Maybe<boolean> {
  if (name instanceof Unknown) return name;
  return test(prefix, (text) => name !== null && text !== null && name.startsWith(`${text}/`));
}

function registryScanFacts({ resource, attributes }: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const configuration = context.model.aws_ecr_registry_scanning_configuration.find((candidate) =>
    sameProvider(candidate.resource, resource),
  );
  if (configuration === undefined) {
    const note = "the plan has no aws_ecr_registry_scanning_configuration for the repository's registry";
    return {
      registryScanType: derivedFact<string | null>(null, { note }),
      registryScanFrequencies: derivedFact<Maybe<string>[]>([], { note }),
    };
  }
  const address = configuration.resource.address;
  const { scan_type: scanType, rule } = configuration.attributes;
  const frequencies: Maybe<Maybe<string>[]> =
    rule.value instanceof Unknown
      ? rule.value
      : rule.value.flatMap((each) =>
          each instanceof Unknown ? [each] : ruleFrequency(each, attributes.name.value, scanType.value),
        );
  return {
    registryScanType: { ...attributeFact(scanType), address },
    registryScanFrequencies: derivedFact(frequencies, { path: rule.path, address }),
  };
}

type ScanRule = Exclude<
  Exclude<Modelled<"aws_ecr_registry_scanning_configuration">["attributes"]["rule"]["value"], Unknown>[number],
  Unknown
>;

/** The frequency that a rule gives the repository: none, one, or an unknown one where that cannot be told. */
function ruleFrequency(rule: ScanRule, name: Maybe<string | null>, scanType: Maybe<string | null>): Maybe<string>[] {
  const frequency = rule.scan_frequency.value;
  const filters = rule.repository_filter.value;
  const applies =
    filters instanceof Unknown
      ? filters
      : anyOf(
          filters.map((filter) =>
            filter instanceof Unknown ? filter : matchesRepositoryFilter(filter.filter.value, name),
          ),
        );
  if (applies === false || frequency === null) return [];
  if (applies instanceof Unknown) return [applies];
  // Continuous scanning is a part of enhanced scanning; a basic registry does not do it.
  if (frequency === "CONTINUOUS_SCAN" && scanType !== "ENHANCED") return scanType instanceof Unknown ? [scanType] : [];
  return [frequency];
}

/** Without `*` a filter matches every name that contains it. Source: ECR User Guide, "Filters". */
function matchesRepositoryFilter(filter: Maybe<string | null>, name: Maybe<string | null>): Maybe<boolean> {
  if (filter instanceof Unknown) return filter;
  if (filter === null) return false;
  if (filter === "*") return true;
  return test(
    name,
    (text) => text !== null && (filter.includes("*") ? matchesGlob(text, filter) : text.includes(filter)),
  );
}

function lifecyclePolicyFact(repository: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const { aws_ecr_lifecycle_policy: policies } = context.model;
  const { resource, attributes } = repository;
  let attached = 0;
  let possible: Unknown | null = null;
  const addresses: string[] = [];
  for (const policy of policies) {
    const named = policy.attributes.repository.value;
    const found = repositoryNamedBy(named, policy.resource, context);
    if (found.kind === "one" && found.match === repository) {
      attached += 1;
      addresses.push(`${policy.resource.address} (by ${found.by})`);
    } else if (found.kind === "unknown" && sameProvider(policy.resource, resource)) possible ??= found.unknown;
    else if (found.kind === "several" && found.matches.includes(repository)) {
      possible ??= new Unknown(
        "no-join",
        named instanceof Unknown ? named.references : [],
        `${policy.resource.address} names one of several repositories`,
      );
    } else if (found.kind === "none" && attributes.name.value instanceof Unknown) possible ??= attributes.name.value;
  }
  const value = attached === 0 && possible !== null ? possible : attached;
  const note =
    attached === 0
      ? "no aws_ecr_lifecycle_policy of this plan names the repository"
      : `attached: ${addresses.join(", ")}`;
  return derivedFact(value, { note: value instanceof Unknown ? null : note });
}

function policyStatementSubjects(
  { resource, attributes }: Modelled<"aws_ecr_repository_policy">,
  context: JoinContext,
): Subject[] {
  const kind = "ecr-repository-policy-statement";
  const { policy } = attributes;
  const document = policyDocument(policy, context.documents);
  if (document instanceof Unknown) return [unknownSubject(kind, resource, "policy", document, policy.path)];
  const known = document.statements.map((statement) =>
    subject(kind, resource, statementName("policy", statement), policyStatementFacts(statement, policy.sensitive)),
  );
  return document.missing === null
    ? known
    : [...known, unknownSubject(kind, resource, "policy", document.missing, policy.path)];
}

function policyStatementFacts(statement: Statement, sensitive: boolean) {
  const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive });
  const conditions = from("Condition");
  return {
    effect: derivedFact<string | null>(statement.effect, from("Effect")),
    namesAnyone: derivedFact(
      namesAnyone(statement),
      from(statement.notPrincipals === null ? "Principal" : "NotPrincipal"),
    ),
    grantsEcrActions: derivedFact(
      reachesAnyActionOf(statement, "ecr"),
      from(statement.notActions === null ? "Action" : "NotAction"),
    ),
    restrictedToPrincipals: derivedFact(isRestrictedBy(statement, ["principal", "source"]), conditions),
    restrictedToOrganizations: derivedFact(isRestrictedBy(statement, ["organization"]), conditions),
    organizationIds: derivedFact(restrictingValues(statement, "organization"), conditions),
    restrictedToAccounts: derivedFact(isRestrictedBy(statement, ["account"]), conditions),
    conditionAccountIds: derivedFact(restrictingValues(statement, "account"), conditions),
    restrictedToNetworks: derivedFact(isRestrictedBy(statement, ["network"]), conditions),
  };
}
