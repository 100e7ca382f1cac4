/** What a fact is: its type, and the description that policy authors read. */
export interface FactSchema<T extends FactType> {
  readonly type: T;
  readonly description: string;
  /** Whether its values are words of ours that say what sort of value stands there, and nothing of the value. */
  readonly isWord: boolean;
}

/** The type of a fact, for checking policy files: which operators fit it and which values it can have. */
export type FactType = keyof FactValues;

/** The values of facts by their type. */
export interface FactValues {
  readonly string: string | null;
  readonly boolean: boolean;
  readonly number: number;
  readonly list: string[];
}

export const text = (description: string) => schema("string", description);
export const flag = (description: string) => schema("boolean", description);
export const list = (description: string) => schema("list", description);
export const count = (description: string) => schema("number", description);

function schema<T extends FactType>(type: T, description: string): FactSchema<T> {
  return { type, description, isWord: false };
}

/** A fact whose values are words of ours. */
export function word<T extends FactType>(fact: FactSchema<T>): FactSchema<T> {
  return { ...fact, isWord: true };
}

/** Facts of statements that let others in: of the policies of resources, and of trust policies. */
export const grantFacts = {
  namesAnyone: flag("Whether the principal is everyone: *, an ARN with a wildcard account, or NotPrincipal."),
  isOpenToEveryone: flag(
    "Whether the principal is everyone, and no condition leaves only some principals, accounts or sources, or the own organization. Conditions on other organizations and on networks have facts of their own.",
  ),
  restrictedToOrganizations: flag("Whether a condition restricts the caller to AWS organizations."),
  organizationIds: list("The organizations that the conditions name, the own one (${aws:ResourceOrgID}) left out."),
  restrictedToNetworks: flag("Whether a condition restricts the network that calls come from."),
};

/** Facts of the statements of all policy documents. */
export const statementFacts = {
  effect: text("Effect of the statement: Allow or Deny."),
};
