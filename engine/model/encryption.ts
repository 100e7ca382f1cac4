import type { PlanResource } from "../plan/read.ts";
import { elementsOf, Unknown } from "../plan/unknown.ts";
import { type Attribute, attribute, block, type Field, readFields } from "./attribute.ts";
import { string } from "./schemas.ts";

/** The key that an object is encrypted with, once for each place where it is stored. */
export interface EncryptionKey {
  readonly key: Attribute<string | null>;
  /** Null where encryption is with KMS in any case. */
  readonly encryptionType: Attribute<string | null> | null;
}

/** What says how an object of one type is encrypted. */
interface EncryptedType {
  readonly store: string;
  readonly keysOf: (resource: PlanResource) => EncryptionKey[];
}

const text = attribute(string);

/**
 * A key that the provider fills in where none is written. What stands in the state is then the key that AWS chose, which
 * looks like any other (an ARN with a random id).
 */
function chosenKey({ action }: PlanResource): Field<string | null> {
  const key = attribute(string, { kind: "optional-computed" });
  return {
    read(node) {
      const found = key.read(node);
      // A new object has no key that AWS chose.
      if (action === "create" || found.state !== "known" || (node.expressions ?? []).length > 0) return found;
      if (node.expressions !== null && !node.maybeDynamic) return { ...found, state: "unset", value: null };
      const reason = node.expressions === null ? "not-in-configuration" : "dynamic-block";
      return { ...found, state: "unknown", value: new Unknown(reason) };
    },
  };
}

function keyNamed(name: string, store: string, field: (resource: PlanResource) => Field<string | null>): EncryptedType {
  return {
    store,
    keysOf: (resource) => {
      const { [name]: key } = readFields(resource.node, { [name]: field(resource) });
      return key === undefined ? [] : [{ key, encryptionType: null }];
    },
  };
}

/** ECR: AES256 with a key that AWS owns, where the block is not written. Source: ECR User Guide, "Encryption at rest". */
function ecrEncryption(store: string): EncryptedType {
  return {
    store,
    keysOf: (resource) => {
      const { encryption_configuration: configuration } = readFields(resource.node, {
        encryption_configuration: block({
          encryption_type: attribute(string, { default: "AES256" }),
          kms_key: chosenKey(resource),
        }),
      });
      const at = { path: configuration.path, sensitive: false };
      const { value } = configuration;
      const all = elementsOf(value);
      if (all.length === 0) {
        const none = { state: "unset", value: null, ...at } as const;
        return [{ key: none, encryptionType: { ...none, value: "AES256" } }];
      }
      return all.map((each) => {
        if (!(each instanceof Unknown)) return { key: each.kms_key, encryptionType: each.encryption_type };
        const unknown = { state: "unknown", value: each, ...at } as const;
        return { key: unknown, encryptionType: unknown };
      });
    },
  };
}

/** Every replica has a key of its own region. */
function secretKeys(resource: PlanResource): EncryptionKey[] {
  const { kms_key_id: key, replica } = readFields(resource.node, {
    kms_key_id: text,
    replica: block({ kms_key_id: chosenKey(resource) }, { computed: true, nesting: "set" }),
  });
  const { value } = replica;
  const replicas = elementsOf(value);
  return [
    { key, encryptionType: null },
    ...replicas.map((each): EncryptionKey => {
      const hidden = { state: "unknown", path: replica.path, sensitive: false } as const;
      return { key: each instanceof Unknown ? { ...hidden, value: each } : each.kms_key_id, encryptionType: null };
    }),
  ];
}

/** The types of what is encrypted at rest with a key that can be chosen. Source: the AWS provider's documentation. */
export const encryptedTypes: Readonly<Record<string, EncryptedType>> = {
  aws_ecr_repository: ecrEncryption("ecr"),
  aws_ecr_repository_creation_template: ecrEncryption("creation-template"),
  aws_ssm_parameter: keyNamed("key_id", "securestring", chosenKey),
  aws_secretsmanager_secret: { store: "secret", keysOf: secretKeys },
  aws_cloudwatch_log_group: keyNamed("kms_key_id", "log-group", () => text),
  aws_codebuild_project: keyNamed("encryption_key", "codebuild", chosenKey),
};

/** Only a SecureString is encrypted. */
export function parameterType({ node }: PlanResource): Attribute<string | null> {
  return readFields(node, { type: text }).type;
}
