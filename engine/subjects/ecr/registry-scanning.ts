import { matchesGlob } from "../../glob.ts";
import type { Modelled } from "../../model/model.ts";
import type { PlanResource } from "../../plan/read.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { anyOf, test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { derivedFact } from "../subject.ts";

const noConfiguration = "the plan has no aws_ecr_registry_scanning_configuration for the registry";

function configurationFor(resource: PlanResource, { joins }: JoinContext) {
  return joins.beside("aws_ecr_registry_scanning_configuration", resource)[0];
}

/** The scan type of the registry beside a resource. */
export function registryScanTypeFact(resource: PlanResource, context: JoinContext) {
  const configuration = configurationFor(resource, context);
  return configuration === undefined
    ? derivedFact(null, { note: noConfiguration })
    : { ...configuration.attributes.scan_type, address: configuration.resource.address };
}

/** What the registry scanning configuration of the plan gives a repository. */
export function registryScanFacts({ resource, attributes }: Modelled<"aws_ecr_repository">, context: JoinContext) {
  const registryScanType = registryScanTypeFact(resource, context);
  const configuration = configurationFor(resource, context);
  if (configuration === undefined)
    return { registryScanType, registryScanFrequencies: derivedFact([], { note: noConfiguration }) };
  const address = configuration.resource.address;
  const { scan_type: scanType, rule } = configuration.attributes;
  const frequencies: Maybe<Maybe<string>[]> =
    rule.value instanceof Unknown
      ? rule.value
      : rule.value.flatMap((each) =>
          each instanceof Unknown ? [each] : ruleFrequency(each, attributes.name.value, scanType.value),
        );
  return {
    registryScanType,
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
