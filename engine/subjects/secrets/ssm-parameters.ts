import type { Modelled } from "../../model/model.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { test } from "../../three-valued.ts";
import type { JoinContext } from "../context.ts";
import { attributeFact, derivedFact, type Subject, subject } from "../subject.ts";
import { isSecretPath, type SecretMapping } from "./secret-references.ts";

/** `unread` is the first place where a task definition may map parameters without the plan telling which. */
export function ssmParameterSubjects(
  mappings: readonly SecretMapping[],
  unread: Unknown | null,
  context: JoinContext,
): Subject[] {
  return context.model.aws_ssm_parameter.map((parameter) => {
    const { resource, attributes } = parameter;
    const mappedBy = mappings.filter(({ parameter: found }) => found.kind === "one" && found.match === parameter);
    const note =
      mappedBy.length === 0
        ? null
        : `mapped as a secret by ${mappedBy.map((mapping) => `${mapping.resource.address} ${mapping.name}`).join(", ")}`;
    return subject("ssm-parameter", resource, null, {
      name: attributeFact(attributes.name),
      type: attributeFact(attributes.type),
      dataType: attributeFact(attributes.data_type),
      isSecretName: derivedFact(
        test(attributes.name.value, (name) => isSecretPath(name ?? "", context)),
        { path: "name" },
      ),
      isMappedAsSecret: derivedFact(mappedBy.length > 0 ? true : mayBeMapped(parameter, mappings, unread), { note }),
    });
  });
}

function mayBeMapped(
  parameter: Modelled<"aws_ssm_parameter">,
  mappings: readonly SecretMapping[],
  unread: Unknown | null,
): Maybe<boolean> {
  for (const { parameter: found } of mappings) {
    if (found.kind === "unknown") return found.unknown;
    if (found.kind === "several" && found.matches.includes(parameter))
      return new Unknown("no-join", [], "a task definition maps one of several parameters");
  }
  return unread ?? false;
}
