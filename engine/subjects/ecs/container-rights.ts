import { type Attribute, mapAttribute } from "../../model/attribute.ts";
import type { Container } from "../../model/container-fields.ts";
import { type Maybe, Unknown } from "../../plan/unknown.ts";
import { comparable } from "../../secrets/forms.ts";
import { derivedFact } from "../subject.ts";

/** Capabilities close to the rights of the host. Source: capabilities(7). */
const nearHost = new Set([
  "ALL",
  "SYS_ADMIN",
  "SYS_MODULE",
  "SYS_PTRACE",
  "NET_ADMIN",
  "SYS_RAWIO",
  "DAC_READ_SEARCH",
  "BPF",
]);

/** What a container may do beyond an ordinary one, and what is taken from it. */
export function rightsFacts({ linuxParameters, dockerSecurityOptions, systemControls }: Container) {
  const { path, value: parameters } = linuxParameters;
  const isRead = parameters !== null && !(parameters instanceof Unknown);
  const capabilities = isRead ? parameters.capabilities.value : parameters;
  const hasCapabilities = capabilities !== null && !(capabilities instanceof Unknown);
  const added = list(hasCapabilities ? capabilities.add : capabilities, `${path}.capabilities.add`, capabilityName);
  const dropped = list(hasCapabilities ? capabilities.drop : capabilities, `${path}.capabilities.drop`, capabilityName);
  const isNearHost = (name: Maybe<string>) => name instanceof Unknown || nearHost.has(name);
  return {
    addedCapabilities: added,
    nearHostCapabilities: {
      ...added,
      value: added.value instanceof Unknown ? added.value : added.value.filter(isNearHost),
    },
    droppedCapabilities: dropped,
    devices: devicesFact(isRead ? parameters.devices : parameters, `${path}.devices`),
    securityOptions: list(dockerSecurityOptions, dockerSecurityOptions.path, securityOption),
    hostSystemControls: mapAttribute(systemControls, hostControls),
  };
}

type Texts = readonly Maybe<string>[];

function list(from: Attribute<Texts> | Unknown | null, path: string, map: (text: string) => string) {
  if (from === null || from instanceof Unknown) return derivedFact(from ?? [], { path });
  return mapAttribute(from, (texts) => texts.map((text) => (text instanceof Unknown ? text : map(text))));
}

/** Names of capabilities in upper case and without `CAP_`, as Docker compares them. */
const capabilityName = (name: string) => comparable(name, (text) => text.toUpperCase().replace(/^CAP_/, ""));

type Devices = Exclude<Container["linuxParameters"]["value"], Unknown | null>["devices"];

function devicesFact(from: Devices | Unknown | null, path: string) {
  if (from === null || from instanceof Unknown) return derivedFact(from ?? [], { path });
  return mapAttribute(from, (devices) =>
    devices.map((device) =>
      device instanceof Unknown ? device : (device.hostPath.value ?? new Unknown("unexpected-shape")),
    ),
  );
}

/** Docker takes `name=value` for `name:value`, and `no-new-privileges:true` for `no-new-privileges`. */
function securityOption(option: string): string {
  return comparable(option, (text) =>
    text
      .toLowerCase()
      .replace("=", ":")
      .replace(/^no-new-privileges:true$/, "no-new-privileges"),
  );
}

type SystemControls = Exclude<Container["systemControls"]["value"], Unknown>;

/** One switch by several names. Source: the kernel's documentation, "IP Sysctl". */
const forwarding = new Set(["net.ipv4.ip_forward", "net.ipv4.conf.all.forwarding", "net.ipv6.conf.all.forwarding"]);

function hostControls(controls: SystemControls): Maybe<string>[] {
  return controls.flatMap((control): Maybe<string>[] => {
    if (control instanceof Unknown) return [control];
    const namespace = control.namespace.value;
    if (namespace === null) return [new Unknown("unexpected-shape")];
    if (namespace instanceof Unknown || namespace.startsWith("kernel.")) return [namespace];
    // Forwarding switched off is what a container has anyway.
    if (!forwarding.has(namespace) || control.value.value === "0") return [];
    return [control.value.value instanceof Unknown ? control.value.value : namespace];
  });
}
