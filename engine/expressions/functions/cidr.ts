import ipaddr from "ipaddr.js";
import { toBigInt } from "../number.ts";
import { EvaluationError, list, text, type Value } from "../value.ts";
import { define, type FunctionDefinition, int, str } from "./define.ts";

/** A network: its first address as a number, and how many bits of how many are its prefix. */
interface Network {
  readonly first: bigint;
  readonly prefix: number;
  readonly bits: number;
}

function networkOf(value: string): Network {
  const [address = "", length = ""] = value.split("/");
  // Octets with zeros before are decimal, as they were before Go 1.17.
  const plain = address.replace(/(?<=^|\.)0+(?=\d)/g, "");
  if (
    !ipaddr.isValid(plain) ||
    !/^\d+$/.test(length) ||
    (!plain.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(plain))
  )
    throw new EvaluationError("the text is no CIDR prefix");
  const bytes = ipaddr.parse(plain).toByteArray();
  const bits = bytes.length * 8;
  const prefix = Number(length);
  if (prefix > bits) throw new EvaluationError("the text is no CIDR prefix");
  const whole = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  const host = BigInt(bits - prefix);
  return { first: (whole >> host) << host, prefix, bits };
}

function addressOf(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, at) => Number((value >> BigInt(bits - 8 * (at + 1))) & 0xffn));
  const address = ipaddr.fromByteArray(bytes);
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}

function subnet({ first, prefix, bits }: Network, more: number, at: bigint): Network {
  const length = prefix + more;
  if (more < 0 || length > bits) throw new EvaluationError("a prefix is too long");
  if (at < 0n || at >= 1n << BigInt(more)) throw new EvaluationError("there is no subnet of that number");
  return { first: first | (at << BigInt(bits - length)), prefix: length, bits };
}

const shown = ({ first, prefix, bits }: Network) => text(`${addressOf(first, bits)}/${prefix}`);

function bigOf(value: Value | undefined): bigint {
  if (value?.kind !== "number") throw new EvaluationError("a number required");
  return toBigInt(value.value);
}

function cidrhost([prefix, at]: readonly Value[]): Value {
  const network = networkOf(str(prefix));
  const size = 1n << BigInt(network.bits - network.prefix);
  const number = bigOf(at);
  const host = number < 0n ? size + number : number;
  if (host < 0n || host >= size) throw new EvaluationError("a network has no address of that number");
  return text(addressOf(network.first + host, network.bits));
}

/** Each as near to the one before as its length lets it. Source: `cidrsubnets` of hashicorp/terraform. */
function cidrsubnets([prefix, ...more]: readonly Value[]): Value {
  const network = networkOf(str(prefix));
  let next = network.first;
  const found = more.map((each) => {
    const length = network.prefix + int(each);
    if (int(each) < 1 || length > network.bits) throw new EvaluationError("a prefix is too long");
    const size = 1n << BigInt(network.bits - length);
    const first = ((next + size - 1n) / size) * size;
    next = first + size;
    if (next > network.first + (1n << BigInt(network.bits - network.prefix)))
      throw new EvaluationError("a network has no more room");
    return shown({ first, prefix: length, bits: network.bits });
  });
  return list(found, "string");
}

function cidrnetmask([prefix]: readonly Value[]): Value {
  const { prefix: length, bits } = networkOf(str(prefix));
  if (bits !== 32) throw new EvaluationError("only IPv4 has masks");
  return text(addressOf((2n ** BigInt(length) - 1n) << BigInt(bits - length), bits));
}

export const cidrFunctions: Readonly<Record<string, FunctionDefinition>> = {
  cidrhost: define(["string", "number"], "string", cidrhost),
  cidrnetmask: define(["string"], "string", cidrnetmask),
  cidrsubnet: define(["string", "number", "number"], "string", ([prefix, more, at]) =>
    shown(subnet(networkOf(str(prefix)), int(more), bigOf(at))),
  ),
  cidrsubnets: define(["string"], { kind: "list", element: "string" }, cidrsubnets, { rest: "number" }),
};
