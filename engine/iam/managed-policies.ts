import { ofIdentity, type PolicyDocument, readPolicyDocument } from "../model/policy-document.ts";
import { type Maybe, Unknown } from "../plan/unknown.ts";
import { map } from "../three-valued.ts";

/** Knows the statements of AWS's managed policies. */
export interface ManagedPolicies {
  /** The document that an ARN names; `path` is the attribute that holds the ARN. Null where it names a policy of an account. */
  readonly documentOf: (arn: string, path: string) => Maybe<PolicyDocument> | null;
}

/**
 * The name of the AWS managed policy that an ARN names, without its path; null where it names a policy of an account.
 * Source: IAM User Guide, "Managed policies and inline policies".
 */
export function awsManagedPolicyName(arn: string): string | null {
  return partsOf(arn)?.name ?? null;
}

interface NamedPolicy {
  readonly partition: string;
  readonly name: string;
}

function partsOf(arn: string): NamedPolicy | null {
  const [, partition, name] = /^arn:(aws[a-z-]*):iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return partition === undefined || name === undefined ? null : { partition, name };
}

/** The statements of all of them are 500 kB, which is read only for plans that name one. */
export async function loadManagedPolicies(): Promise<ManagedPolicies> {
  const { managedStatements } = await import("./managed-policy-table.ts");
  const known = new Map<string, Maybe<PolicyDocument>>();
  return {
    documentOf: (arn, path) => {
      const named = partsOf(arn);
      if (named === null) return null;
      const document = known.get(`${arn} ${path}`) ?? read(named, path);
      known.set(`${arn} ${path}`, document);
      return document;
    },
  };

  function read({ partition, name }: NamedPolicy, path: string): Maybe<PolicyDocument> {
    const statements = managedStatements(name);
    if (statements === null) return new Unknown("no-join", [], `the statements of the AWS managed policy ${name}`);
    const inPartition = JSON.stringify(statements).replaceAll('"arn:aws:', `"arn:${partition}:`);
    const document = readPolicyDocument({ Version: "2012-10-17", Statement: JSON.parse(inPartition) }, path);
    return map(document, ofIdentity);
  }
}
