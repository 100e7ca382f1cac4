import { coversService, elementsOf, grants } from "../../iam/actions.ts";
import { namesAnyone } from "../../iam/principals.ts";
import { isRestrictedBy } from "../../iam/restrictions.ts";
import type { Modelled } from "../../model/model.ts";
import type { Statement } from "../../model/policy-document.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { allOf, anyOf, test } from "../../three-valued.ts";
import { type JoinContext, unknownSubject } from "../context.ts";
import { sameProvider } from "../joins/join.ts";
import { statementName } from "../part-names.ts";
import { policyDocument } from "../policy-documents.ts";
import { derivedFact, type Subject, subject } from "../subject.ts";
import { callersOf, outsideAccounts } from "./callers.ts";

type RegistryPolicy = Modelled<"aws_ecr_registry_policy">;

const kind = "ecr-registry-policy-statement";

export function registryPolicySubjects({ resource, attributes }: RegistryPolicy, context: JoinContext): Subject[] {
  const { policy } = attributes;
  const document = policyDocument(policy, context.documents);
  if (document instanceof Unknown) return [unknownSubject(kind, resource, policy.path, document, policy.path)];
  const known = document.statements.map((statement) => {
    const from = (member: string) => ({ path: `${statement.path}.${member}`, sensitive: policy.sensitive });
    const callers = callersOf(statement, resource, context);
    return subject(kind, resource, statementName(policy.path, statement, policy.sensitive), {
      effect: derivedFact<string | null>(statement.effect, from("Effect")),
      namesAnyone: derivedFact(namesAnyone(statement), from("Principal")),
      isRestricted: derivedFact(
        isRestrictedBy(statement, ["principal", "account", "organization", "source", "network"]),
        from("Condition"),
      ),
      grantsEveryEcrAction: derivedFact(grantsEveryEcrAction(statement), from("Action")),
      grantsReplication: derivedFact(grants(statement, "ecr:ReplicateImage"), from("Action")),
      callersOutsideAccounts: derivedFact(
        callers instanceof Unknown ? callers : outsideAccounts(callers, resource, context),
        from("Principal"),
      ),
      createsAnyRepository: derivedFact(createsAnyRepository(statement), from("Resource")),
    });
  });
  return document.missing === null
    ? known
    : [...known, unknownSubject(kind, resource, policy.path, document.missing, policy.path)];
}

/** With the policy scope V2 a registry's policy applies to every action, as a repository policy does. Source: ECR User Guide. */
export function actsAsRepositoryPolicy({ resource }: RegistryPolicy, { model }: JoinContext): boolean {
  return model.aws_ecr_account_setting.some(
    ({ resource: from, attributes }) =>
      sameProvider(from, resource) &&
      attributes.name.value === "REGISTRY_POLICY_SCOPE" &&
      attributes.value.value !== "V1",
  );
}

function grantsEveryEcrAction(statement: Statement): Maybe<boolean> {
  return allOf([
    test(statement.effect, (effect) => effect === "Allow"),
    anyOf(elementsOf(statement.actions).map((action) => test(action, (pattern) => coversService(pattern, "ecr")))),
  ]);
}

function createsAnyRepository(statement: Statement): Maybe<boolean> {
  return allOf([
    anyOf([grants(statement, "ecr:CreateRepository"), grants(statement, "ecr:BatchImportUpstreamImage")]),
    anyOf([
      statement.notResources !== null,
      ...elementsOf(statement.resources).map((resource) =>
        test(resource, (pattern) => /^\*+$|:repository\/\*+$|^arn:[^:]*:ecr:[^:]*:[^:]*:\*$/.test(pattern)),
      ),
    ]),
  ]);
}
